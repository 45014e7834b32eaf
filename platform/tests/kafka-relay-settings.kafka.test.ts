import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createKafkaEventLog, createPostgresEventLog, type EventLog } from '@starling/platform/event-log';
import { type Database, migrate, openDatabase, platformMigrations, statement } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { Registry } from 'prom-client';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { commit, numbered, TOPIC } from './support/events.ts';
import { collect, NOBODY, TIMING } from './support/relay.ts';

const slotIsLost = statement('tests.slotIsLost', "select wal_status = 'lost' as lost from pg_replication_slots");

/** A segment of the write-ahead log is 16 MB, however little is in it. */
const fillLog = statement('tests.fillLog', "select pg_logical_emit_message(false, 'tests', 'x'), pg_switch_wal()");

const checkpoint = statement('tests.checkpoint', 'checkpoint');

const SMALL_LOG = { max_slot_wal_keep_size: '1MB', max_wal_size: '32MB', min_wal_size: '32MB', fsync: 'off' };

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

describe('The relay to Kafka, of a PostgreSQL with settings of its own,', () => {
  let kafka: TestKafka;
  let dataDirectory: string;
  let postgres: Awaited<ReturnType<typeof startEmbeddedPostgres>>;
  let database: Database;
  let prefix: string;
  let logs: EventLog[] = [];

  beforeAll(async () => {
    kafka = await startTestKafka();
  }, 120_000);

  afterAll(async () => {
    await kafka?.stop();
  });

  async function start(settings: Readonly<Record<string, string>>): Promise<void> {
    prefix = `${randomUUID()}.`;
    dataDirectory = await mkdtemp(join(tmpdir(), 'starling-relayed-'));
    postgres = await startEmbeddedPostgres({ dataDirectory, settings });
    database = openDatabase({ url: postgres.url, applicationName: 'kafka tests' });
    await migrate(postgres.url, [platformMigrations]);
  }

  afterEach(async () => {
    await Promise.all(logs.map(end));
    await database?.close();
    await postgres?.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  });

  function open(brokers: readonly string[]): EventLog {
    const log = createKafkaEventLog({ url: postgres.url, brokers, prefix, timing: TIMING });
    logs.push(log);
    return log;
  }

  /** Now, and not after the test. */
  async function end(log: EventLog): Promise<void> {
    logs = logs.filter((other) => other !== log);
    await log.stop();
  }

  test('what has been written to disk and nobody sees yet is not told of yet', async () => {
    await start(LONELY);
    const log = open(kafka.brokers);
    const seen: number[] = [];
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      freshness: 'eventual',
      async handle() {
        const [row] = await database.query<{ count: number }>(countEvents);
        seen.push(row?.count ?? 0);
      },
    });
    await caughtUp();
    const committing = database.transaction(async (transaction) => {
      await transaction.query(waitForStandby);
      await log.append(transaction, [numbered(1)]);
    });
    while ((await database.query(standbyWaiters)).length === 0);
    // Either it is told of too early, or the relay has it and asks again and again.
    const asked = new Set<string>();
    while (seen.length === 0 && asked.size < 2) {
      for (const { at } of await database.query<{ at: string }>(relayAsks)) asked.add(at);
    }
    await database.query(letGo);
    await committing;
    await caughtUp();
    expect(seen).toEqual([1]);
  });

  test('what PostgreSQL drops of its log beyond max_slot_wal_keep_size comes from the outbox, and an alarm rings before', async () => {
    await start(SMALL_LOG);
    const first = open(kafka.brokers);
    await commit(database, first, 1, 2);
    const before = await collect(first);
    await before.caughtUp();
    expect(before.numbers).toEqual([1, 2]);
    await end(first);

    const away = open([NOBODY]);
    await commit(database, away, 3, 4);
    const registry = new Registry();
    away.measure?.(registry);
    const held = async () => {
      const text = await registry.metrics();
      const value = (name: string) =>
        Number(new RegExp(`^starling_event_log_${name}(?:{[^}]*})? (\\S+)$`, 'm').exec(text)?.[1]);
      return { bytes: value('held_back_bytes'), alarm: value('held_back_alarm_bytes') };
    };
    expect(await held()).toMatchObject({ alarm: 2 ** 20 / 2 });
    while ((await database.query<{ lost: boolean }>(slotIsLost))[0]?.lost !== true) {
      await database.query(fillLog);
      await database.query(checkpoint);
    }
    const { bytes, alarm } = await held();
    expect(bytes).toBeGreaterThan(alarm);
    await commit(database, away, 5);
    await end(away);
    // The outbox keeps what the relay has not sent, however old it is.
    const outbox = createPostgresEventLog({ url: postgres.url });
    await outbox.prune({ olderThanMs: -1_000 });
    expect((await database.query<{ number: number }>(keptNumbers)).map(({ number }) => number)).toEqual([3, 4, 5]);
    await outbox.stop();

    const back = open(kafka.brokers);
    const { numbers, caughtUp } = await collect(back);
    await caughtUp();
    expect([...new Set(numbers)].filter((number) => number > 2)).toEqual([3, 4, 5]);
    expect((await database.query<{ lost: boolean }>(slotIsLost))[0]?.lost).toBe(false);
  });
});
