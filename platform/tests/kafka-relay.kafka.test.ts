import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Attention,
  createKafkaEventLog,
  createPostgresEventLog,
  type EventLog,
  firstTime,
} from '@starling/platform/event-log';
import { type Database, migrate, openDatabase, platformMigrations, statement } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';

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

const slotIsLost = statement('tests.slotIsLost', "select wal_status = 'lost' as lost from pg_replication_slots");

/** A segment of the write-ahead log is 16 MB, however little is in it. */
const fillLog = statement('tests.fillLog', "select pg_logical_emit_message(false, 'tests', 'x'), pg_switch_wal()");

const checkpoint = statement('tests.checkpoint', 'checkpoint');

const SMALL_LOG = { max_slot_wal_keep_size: '1MB', max_wal_size: '32MB', min_wal_size: '32MB', fsync: 'off' };

const NOBODY = '127.0.0.1:9';

/** Whoever asks for it waits for a standby that never comes. */
const LONELY = { synchronous_standby_names: 'nobody', synchronous_commit: 'local', fsync: 'off' };

const waitForStandby = statement('tests.waitForStandby', 'set local synchronous_commit = on');

const standbyWaiters = statement(
  'tests.standbyWaiters',
  "select pid from pg_stat_activity where wait_event = 'SyncRep'",
);

/** They are committed, and waited for no longer. */
const letGo = statement(
  'tests.letGo',
  "select pg_cancel_backend(pid) from pg_stat_activity where wait_event = 'SyncRep'",
);

const relayAsks = statement(
  'tests.relayAsks',
  `select query_start::text as at from pg_stat_activity
   where query like '%pg_visible_in_snapshot(id%' and pid <> pg_backend_pid()`,
);

const countEvents = statement('tests.countEvents', 'select count(*)::int as count from platform.outbox');

/** After those that the relay may or may not have told of as sent. */
const keptNumbers = statement(
  'tests.keptNumbers',
  `select (payload ->> 'number')::int as number from platform.outbox where (payload ->> 'number')::int > 2 order by number`,
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
    const timing = { heartbeatMs: 200, pollMs: 100 };
    const log = createKafkaEventLog({ url: database.url, brokers, prefix, attention, timing });
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
      const starting = collect(log);
      await commit(database, log, 1, 2);
      await end(name);
      // What starts in that moment is refused, and starts again.
      const { numbers, caughtUp } = await starting.catch(() => collect(log));
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

  test('what has been written to disk and nobody sees yet is not told of yet', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-unseen-'));
    const postgres = await startEmbeddedPostgres({ dataDirectory, settings: LONELY });
    const other = openDatabase({ url: postgres.url, applicationName: 'kafka tests' });
    try {
      await migrate(postgres.url, [platformMigrations]);
      const log = createKafkaEventLog({
        url: postgres.url,
        brokers: kafka.brokers,
        prefix,
        timing: { heartbeatMs: 200, pollMs: 100 },
      });
      const seen: number[] = [];
      const { caughtUp } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        freshness: 'eventual',
        async handle() {
          const [row] = await other.query<{ count: number }>(countEvents);
          seen.push(row?.count ?? 0);
        },
      });
      await caughtUp();
      const committing = other.transaction(async (transaction) => {
        await transaction.query(waitForStandby);
        await log.append(transaction, [numbered(1)]);
      });
      while ((await other.query(standbyWaiters)).length === 0);
      // Either it is told of too early, or the relay has it and asks again and again.
      const asked = new Set<string>();
      while (seen.length === 0 && asked.size < 2) {
        for (const { at } of await other.query<{ at: string }>(relayAsks)) asked.add(at);
      }
      await other.query(letGo);
      await committing;
      await caughtUp();
      expect(seen).toEqual([1]);
      await log.stop();
    } finally {
      await other.close();
      await postgres.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  });

  test('what PostgreSQL drops of its log beyond max_slot_wal_keep_size comes from the outbox, and an alarm rings before', async () => {
    const dataDirectory = await mkdtemp(join(tmpdir(), 'starling-lost-slot-'));
    const postgres = await startEmbeddedPostgres({ dataDirectory, settings: SMALL_LOG });
    const other = openDatabase({ url: postgres.url, applicationName: 'kafka tests' });
    try {
      await migrate(postgres.url, [platformMigrations]);
      const openThere = (brokers: readonly string[]) =>
        createKafkaEventLog({ url: postgres.url, brokers, prefix, timing: { heartbeatMs: 200, pollMs: 100 } });
      const first = openThere(kafka.brokers);
      await commit(other, first, 1, 2);
      const before = await collect(first);
      await before.caughtUp();
      expect(before.numbers).toEqual([1, 2]);
      await first.stop();

      const away = openThere([NOBODY]);
      await commit(other, away, 3, 4);
      const registry = new Registry();
      away.measure?.(registry);
      const held = async () => {
        const text = await registry.metrics();
        const value = (name: string) =>
          Number(new RegExp(`^starling_event_log_${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1]);
        return { bytes: value('held_back_bytes'), alarm: value('held_back_alarm_bytes') };
      };
      expect(await held()).toMatchObject({ alarm: 2 ** 20 / 2 });
      while ((await other.query<{ lost: boolean }>(slotIsLost))[0]?.lost !== true) {
        await other.query(fillLog);
        await other.query(checkpoint);
      }
      const { bytes, alarm } = await held();
      expect(bytes).toBeGreaterThan(alarm);
      await commit(other, away, 5);
      await away.stop();
      // The outbox keeps what the relay has not sent, however old it is.
      const outbox = createPostgresEventLog({ url: postgres.url });
      await outbox.prune({ olderThanMs: -1_000 });
      expect((await other.query<{ number: number }>(keptNumbers)).map(({ number }) => number)).toEqual([3, 4, 5]);
      await outbox.stop();

      const back = openThere(kafka.brokers);
      const { numbers, caughtUp } = await collect(back);
      await caughtUp();
      expect([...new Set(numbers)].filter((number) => number > 2)).toEqual([3, 4, 5]);
      expect((await other.query<{ lost: boolean }>(slotIsLost))[0]?.lost).toBe(false);
      await back.stop();
    } finally {
      await other.close();
      await postgres.stop();
      await rm(dataDirectory, { recursive: true, force: true });
    }
  });
});
