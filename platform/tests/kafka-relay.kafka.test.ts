import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Attention, createKafkaEventLog, type EventLog, firstTime } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';
import { collect, NOBODY, TIMING } from './support/relay.ts';

const dropSlots = statement(
  'tests.dropSlots',
  'select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()',
);

const readers = statement(
  'tests.slotReaders',
  'select active_pid from pg_replication_slots where database = current_database() and active_pid is not null',
);

const listRelays = statement('tests.listRelays', 'select slot from platform.relays');

const terminate = statement(
  'tests.terminate',
  `select pg_terminate_backend(pid) from pg_stat_activity
   where datname = current_database() and application_name = $1 and pid <> pg_backend_pid()`,
);

const takeTransactionId = statement('tests.takeTransactionId', 'select pg_current_xact_id()');

/** Every kind of connection that a relay holds. */
const CONNECTIONS = ['starling event log relay lock', 'starling event log relay', 'starling event log relay state'];

describe('The relay to Kafka', () => {
  let kafka: TestKafka;
  let database: Database;
  let drop: () => Promise<void>;
  let logs: EventLog[];
  let prefix: string;

  beforeAll(async () => {
    kafka = await startTestKafka();
  }, 120_000);

  afterAll(async () => {
    await kafka?.stop();
  });

  beforeEach(async () => {
    const created = await createTestDatabase();
    drop = created.drop;
    database = openDatabase({ url: created.url, applicationName: 'kafka tests' });
    logs = [];
    prefix = `${randomUUID()}.`;
  });

  afterEach(async () => {
    await Promise.all(logs.map((log) => log.stop()));
    await database.close();
    await drop();
  });

  const open = (brokers: readonly string[] = kafka.brokers, attention: Attention = 'all'): EventLog => {
    const log = createKafkaEventLog({ url: database.url, brokers, prefix, attention, timing: TIMING });
    logs.push(log);
    return log;
  };

  test('a standby takes over where the relay stopped: nothing is missing, nothing is sent twice', async () => {
    const first = open();
    await commit(database, first, 1, 2);
    const before = await collect(first, 'before');
    await before.caughtUp();
    const second = open();
    const { numbers, caughtUp } = await collect(second);
    await caughtUp();
    await first.stop();
    logs = [second];
    await commit(database, second, 3);
    await caughtUp();
    expect(numbers).toEqual([1, 2, 3]);
  });

  test('a process that leaves stored consumers to others relays nothing, commits, and handles what reads wait for', async () => {
    const serving = open(kafka.brokers, 'memory');
    const read = await collect(serving, 'read', 'read');
    await commit(database, serving, 1, 2);
    await read.caughtUp();
    expect(read.numbers).toEqual([1, 2]);
    expect(await database.query(listRelays)).toEqual([]);
    const { numbers, caughtUp } = await collect(open(kafka.brokers, 'stored'));
    await caughtUp();
    expect(numbers).toEqual([1, 2]);
    expect(await database.query(listRelays)).toHaveLength(1);
  });

  test('lag, dead letters and what the slot holds back are measured', async () => {
    const log = open();
    const consumer = await log.consume({
      group: 'g',
      topics: [TOPIC],
      freshness: 'eventual',
      async handle() {
        throw new Error('never');
      },
    });
    await commit(database, log, 1);
    await consumer.caughtUp();
    const registry = new Registry();
    log.measure?.(registry);
    const text = await registry.metrics();
    expect(text).toContain('starling_event_log_kafka_lag_events{group="g"} 0');
    expect(text).toContain(`starling_event_log_dead_letters{topic="${TOPIC}.dead-letter",group="g"} 1`);
    expect(text).toMatch(/starling_event_log_held_back_bytes\{slot="starling_relay_[0-9a-f]+"\} \d+/);
  });

  test('when PostgreSQL has lost the slot, what Kafka has not got is sent from the outbox', async () => {
    const first = open();
    await commit(database, first, 1);
    const before = await collect(first);
    await before.caughtUp();
    await first.stop();
    while ((await database.query(readers)).length > 0);
    await database.query(dropSlots);
    const second = open();
    await commit(database, second, 2, 3);
    const { numbers, caughtUp } = await collect(second);
    await caughtUp();
    // What it had sent since its last look at the slot may come again.
    expect([...new Set(numbers)].filter((number) => number !== 1)).toEqual([2, 3]);
  });

  test('without Kafka, events are committed and whoever reads wait for gets them; the rest comes when it is there', async () => {
    const away = open([NOBODY]);
    const read = await collect(away, 'read', 'read');
    const late = await collect(away, 'late');
    await commit(database, away, 1, 2);
    await read.caughtUp();
    expect(read.numbers).toEqual([1, 2]);
    expect(late.numbers).toEqual([]);
    await away.stop();
    logs = [];
    const back = open();
    const { numbers, caughtUp } = await collect(back, 'late');
    await commit(database, back, 3);
    await caughtUp();
    expect(numbers).toEqual([1, 2, 3]);
  });

  /** Ends connections of a name as soon as there is one. */
  const end = async (name: string): Promise<void> => {
    while ((await database.query(terminate, [name])).length === 0);
  };

  test.each(CONNECTIONS)(
    'a connection named %s may be ended at any time: nothing is lost and keys keep their order',
    async (name) => {
      const log = open();
      // What starts in that moment is refused, and starts again: told at once, or nobody would have heard of the refusal.
      const starting = collect(log).catch(() => collect(log));
      await commit(database, log, 1, 2);
      await end(name);
      const { numbers, caughtUp } = await starting;
      await commit(database, log, 3);
      // A question that is cut off is asked again.
      while (!numbers.includes(3)) await caughtUp().catch(() => {});
      for (let round = 0; round < 5; round++) {
        await Promise.all([commit(database, log, 4 + round), end(name)]);
        while (!numbers.includes(4 + round)) await caughtUp().catch(() => {});
      }
      const stopping = log.stop();
      await Promise.race([end(name), stopping]);
      await stopping;
      // What was on its way comes again, after what came first.
      expect([...new Set(numbers)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    },
  );

  test('the connection that makes the slot may be ended while it waits for others to end', async () => {
    const log = open();
    const { numbers, caughtUp } = await collect(log);
    await database.transaction(async (transaction) => {
      await transaction.query(takeTransactionId);
      await commit(database, log, 1, 2);
      for (let round = 0; round < 3; round++) await end('starling event log relay slot');
    });
    while (!numbers.includes(2)) await caughtUp().catch(() => {});
    expect([...new Set(numbers)]).toEqual([1, 2]);
  });

  test('when the process that relays is killed, a standby takes over: nothing is lost and keys keep their order', async () => {
    const KEYS = 4;
    const WRITES = 60;
    const fixture = join(import.meta.dirname, 'fixtures/relaying-process.ts');
    const args = [
      '--import',
      'tsx',
      '--conditions',
      'starling-source',
      fixture,
      database.url,
      kafka.brokers.join(),
      prefix,
    ];
    const relaying = spawn(process.execPath, args, { stdio: 'inherit' });
    const ended = once(relaying, 'close');
    while ((await database.query(readers)).length === 0);
    const log = open();
    const got = new Map<string, number[]>();
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      freshness: 'eventual',
      handle: (events) =>
        database.transaction(async (transaction) => {
          for (const event of await firstTime(transaction, 'g', events)) {
            got.set(event.key, [...(got.get(event.key) ?? []), ...numbersOf([event])]);
          }
        }),
    });
    const write = async (key: number) => {
      for (let number = 0; number < WRITES; number++) {
        await database.transaction((transaction) => log.append(transaction, [numbered(number, String(key))]));
        if (key === 0 && number === WRITES / 3) relaying.kill('SIGKILL');
      }
    };
    await Promise.all(Array.from({ length: KEYS }, (_, key) => write(key)));
    expect(await ended).toEqual([null, 'SIGKILL']);
    await caughtUp();
    const expected = Array.from({ length: WRITES }, (_, number) => number);
    for (let key = 0; key < KEYS; key++) expect(got.get(String(key))).toEqual(expected);
  });
});
