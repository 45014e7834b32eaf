import { randomUUID } from 'node:crypto';
import { createKafkaEventLog, type EventLog } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { commit, numbersOf, TOPIC } from './support/events.ts';

const dropSlots = statement(
  'tests.dropSlots',
  'select pg_drop_replication_slot(slot_name) from pg_replication_slots where database = current_database()',
);

const readers = statement(
  'tests.slotReaders',
  'select active_pid from pg_replication_slots where database = current_database() and active_pid is not null',
);

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

  const open = (brokers: readonly string[] = kafka.brokers): EventLog => {
    const log = createKafkaEventLog({ url: database.url, brokers, prefix, timing: { heartbeatMs: 200, pollMs: 100 } });
    logs.push(log);
    return log;
  };

  const collect = async (log: EventLog, group = 'g', freshness: 'read' | 'eventual' = 'eventual') => {
    const numbers: number[] = [];
    const consumer = await log.consume({
      group,
      topics: [TOPIC],
      freshness,
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    return { numbers, ...consumer };
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
    const nobody = '127.0.0.1:9';
    const away = open([nobody]);
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
});
