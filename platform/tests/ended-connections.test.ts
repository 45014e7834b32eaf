import { createKafkaEventLog, createPostgresEventLog } from '@starling/platform/event-log';
import { openDatabase, statement } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openReplication } from '../src/event-log/kafka/relay/replication.ts';
import { ENDINGS, type ShortLivedServer, startShortLivedServer } from './support/short-lived-server.ts';

const one = statement('tests.one', 'select 1 as one');
const NO_BROKER = '127.0.0.1:9';

// An error that nobody listens for ends the process: here it fails the run.
describe.each(ENDINGS)('A connection that the server ends %s', (ending) => {
  let server: ShortLivedServer;

  beforeEach(async () => {
    server = await startShortLivedServer(ending);
  });

  afterEach(async () => {
    await server.stop();
  });

  test('fails what it was used for, and nothing else', async () => {
    const database = openDatabase({ url: server.url, applicationName: 'tests', maxConnections: 3 });
    const ask = (index: number) =>
      index % 2 === 0 ? database.query(one) : database.transaction((transaction) => transaction.query(one));
    const answers = await Promise.allSettled(Array.from({ length: 20 }, (_, index) => ask(index)));
    expect(answers.filter(({ status }) => status === 'rejected')).toHaveLength(20);
    await database.close();
  });

  test('ends a replication, once, with the reason', async () => {
    const reasons: Error[] = [];
    const ended = new Promise<void>((resolve) => {
      const replication = openReplication({
        url: server.url,
        place: { slot: 'tests', lsn: 1n },
        onMessage: () => {},
        onEnd: (reason) => {
          reasons.push(reason);
          void replication.close().then(resolve);
        },
      });
    });
    await ended;
    expect(reasons).toHaveLength(1);
  });

  test('is replaced by both event logs, again and again, until they are stopped', async () => {
    const logs = [
      createPostgresEventLog({ url: server.url }),
      createKafkaEventLog({ url: server.url, brokers: [NO_BROKER] }),
    ];
    const consumer = { group: 'g', topics: ['tests'], async handle() {} };
    for (const log of logs) {
      await expect(log.consume(consumer)).rejects.toThrow();
      await expect(log.consume({ ...consumer, freshness: 'eventual', offset: 'memory' })).rejects.toThrow();
    }
    // The relay asks for its lock anew each time.
    await server.ended(3);
    await Promise.all(logs.map((log) => log.stop()));
  });
});
