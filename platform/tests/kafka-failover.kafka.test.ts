import { randomUUID } from 'node:crypto';
import { createKafkaEventLog, type EventLog, firstTime } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { deliveringContract } from './event-log/contract.ts';
import { kafkaHarness } from './event-log/kafka-harness.ts';
import { numbered, numbersOf, TOPIC } from './support/events.ts';

const KEYS = 12;
const WRITES = 150;

/** Until Kafka answers again. */
async function untilCaughtUp(caughtUp: () => Promise<void>): Promise<void> {
  while (
    !(await caughtUp().then(
      () => true,
      () => false,
    ))
  );
}

describe('Three brokers', () => {
  let kafka: TestKafka;

  beforeAll(async () => {
    kafka = await startTestKafka(3);
  }, 180_000);

  afterAll(async () => {
    await kafka?.stop();
  });

  describe('of which one is killed', () => {
    let database: Database;
    let drop: () => Promise<void>;
    let logs: EventLog[];
    let prefix: string;

    beforeEach(async () => {
      const created = await createTestDatabase();
      drop = created.drop;
      database = openDatabase({ url: created.url, applicationName: 'kafka tests', maxConnections: 16 });
      logs = [];
      prefix = `${randomUUID()}.`;
    });

    afterEach(async () => {
      await Promise.all(logs.map((log) => log.stop()));
      await database.close();
      await drop();
    });

    const open = (): EventLog => {
      const log = createKafkaEventLog({
        url: database.url,
        brokers: kafka.brokers,
        prefix,
        timing: { sessionTimeoutMs: 6_000, heartbeatMs: 200, pollMs: 100 },
      });
      logs.push(log);
      return log;
    };

    test('a broker that is killed while events are committed loses none of them, and keys keep their order', async () => {
      const log = open();
      const got = new Map<string, number[]>();
      const waiting = new Map<string, () => void>();
      const heard = async (key: string, number: number) => {
        while (!got.get(key)?.includes(number)) await new Promise<void>((resolve) => waiting.set(key, resolve));
      };
      const consumer = await log.consume({
        group: 'g',
        topics: [TOPIC],
        freshness: 'eventual',
        handle: (events) =>
          database.transaction(async (transaction) => {
            for (const event of await firstTime(transaction, 'g', events)) {
              got.set(event.key, [...(got.get(event.key) ?? []), ...numbersOf([event])]);
              waiting.get(event.key)?.();
            }
          }),
      });
      await untilCaughtUp(consumer.caughtUp);
      await Promise.all(
        Array.from({ length: KEYS }, async (_, key) => {
          for (let number = 0; number < WRITES; number++) {
            await database.transaction((transaction) => log.append(transaction, [numbered(number, String(key))]));
            if (key === 0 && number === WRITES / 3) await kafka.kill(0);
            // The last third is written after the failover: once Kafka has this key's events of while it lasted.
            if (number === (2 * WRITES) / 3) await heard(String(key), number);
          }
        }),
      );
      await untilCaughtUp(consumer.caughtUp);
      const expected = Array.from({ length: WRITES }, (_, number) => number);
      for (let key = 0; key < KEYS; key++) expect(got.get(String(key))).toEqual(expected);
    }, 120_000);
  });

  describe('of which one is gone', () => {
    beforeAll(() => kafka.kill(0));

    deliveringContract(
      'Kafka',
      kafkaHarness(() => kafka.brokers),
    );
  });
});
