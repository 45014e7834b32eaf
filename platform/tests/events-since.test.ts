import { createPostgresEventLog, firstTime, type PostgresEventLog } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { redeliverForTests } from '../src/event-log/testing.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';

const GROUP = 'sums';

const eventsSince = statement(
  'tests.eventsSince',
  `select (payload->>'number')::int as number, handled from platform.events_since($1, $2, $4::pg_snapshot, $3) order by number`,
);
const currentSnapshot = statement('tests.currentSnapshot', 'select pg_current_snapshot()::text as snapshot');

let database: Database;
let log: PostgresEventLog;
let drop: () => Promise<void>;

beforeEach(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, applicationName: 'events to come tests' });
  log = createPostgresEventLog({ url: created.url });
});

afterEach(async () => {
  await log.stop();
  await database.close();
  await drop();
});

describe('events that a group has still to handle', () => {
  const toCome = (most = 100, group = GROUP, since: string | null = null) =>
    database.query<{ number: number; handled: boolean }>(eventsSince, [group, [TOPIC], most, since]);
  const snapshotNow = async () => {
    const [row] = await database.query<{ snapshot: string }>(currentSnapshot);
    return row?.snapshot ?? '';
  };
  const numbersToCome = async () => (await toCome()).filter(({ handled }) => !handled).map(({ number }) => number);

  /** Runs the group until it has caught up, and no longer. */
  async function handleAll(): Promise<void> {
    const running = await log.consume({
      group: GROUP,
      topics: [TOPIC],
      handle: (events) =>
        database.transaction(async (transaction) => {
          await firstTime(transaction, GROUP, events);
        }),
    });
    await running.caughtUp();
    await running.stop();
  }

  test('are all before it has begun, and none once it has caught up', async () => {
    await commit(database, log, 1, 2);
    expect(await numbersToCome()).toEqual([1, 2]);
    await handleAll();
    expect(await toCome()).toEqual([]);
    await commit(database, log, 3);
    expect(await numbersToCome()).toEqual([3]);
    expect((await toCome(100, 'another')).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('are those of a transaction, too, that began before others that were handled', async () => {
    await handleAll();
    const client = await database.pool.connect();
    await client.query('begin');
    const { id, topic, name, key, payload } = numbered(1);
    await client.query('insert into platform.outbox (id, topic, name, key, payload) values ($1, $2, $3, $4, $5)', [
      id,
      topic,
      name,
      key,
      JSON.stringify(payload),
    ]);
    await commit(database, log, 2);
    await handleAll();
    expect(await toCome()).toEqual([]);
    await client.query('commit');
    client.release();
    expect(await numbersToCome()).toEqual([1]);
  });

  test('are marked when they were handled and only the offset does not know; one that was sent again comes again', async () => {
    await commit(database, log, 1, 2);
    await handleAll();
    await redeliverForTests(database, GROUP);
    await database.pool.query(
      'insert into platform.outbox (id, topic, name, key, payload) select id, topic, name, key, payload from platform.outbox',
    );
    await commit(database, log, 3);
    expect(await toCome()).toEqual([
      { number: 1, handled: true },
      { number: 1, handled: true },
      { number: 2, handled: true },
      { number: 2, handled: true },
      { number: 3, handled: false },
    ]);
    expect(await toCome(2)).toHaveLength(2);
  });

  test('may be asked for from a moment on, wherever the group is', async () => {
    await commit(database, log, 1);
    const client = await database.pool.connect();
    await client.query('begin; select pg_current_xact_id()');
    await commit(database, log, 2);
    const snapshot = await snapshotNow();
    await client.query(
      `insert into platform.outbox (id, topic, name, key, payload)
       select gen_random_uuid(), topic, name, key, '{"number":3}' from platform.outbox limit 1`,
    );
    await commit(database, log, 4);
    expect((await toCome(100, GROUP, snapshot)).map(({ number }) => number)).toEqual([4]);
    await client.query('commit');
    client.release();
    const beyond = [
      { number: 3, handled: false },
      { number: 4, handled: false },
    ];
    expect(await toCome(100, GROUP, snapshot)).toEqual(beyond);
    await handleAll();
    expect(await toCome(100, GROUP, snapshot)).toEqual(beyond.map((event) => ({ ...event, handled: true })));
    expect(await toCome(100, 'another', snapshot)).toEqual(beyond);
    expect(await toCome()).toEqual([]);
  });
});

describe('a consumer that takes its time', () => {
  const PACE_MS = 250;

  test('gets what comes meanwhile together, to the last, without anybody asking', async () => {
    const batches: number[][] = [];
    const last = 40;
    let done = () => {};
    const all = new Promise<void>((resolve) => {
      done = resolve;
    });
    await log.consume({
      group: GROUP,
      topics: [TOPIC],
      paceMs: PACE_MS,
      async handle(events) {
        batches.push(numbersOf(events));
        if (numbersOf(events).includes(last)) done();
      },
    });
    const began = performance.now();
    for (let number = 1; number <= last; number += 1) await commit(database, log, number);
    await all;
    expect(batches.flat()).toEqual(Array.from({ length: last }, (_, index) => index + 1));
    expect(batches.length).toBeLessThanOrEqual(2 + (performance.now() - began) / PACE_MS);
  });

  test('may change its mind about how much', async () => {
    const batches: number[][] = [];
    let paceMs = 0;
    await log.consume({
      group: GROUP,
      topics: [TOPIC],
      paceMs: () => paceMs,
      async handle(events) {
        batches.push(numbersOf(events));
      },
    });
    await commit(database, log, 1);
    await until('the first is handled', async () => batches.length === 1);
    paceMs = 3_600_000;
    await commit(database, log, 2);
    await log.processAll();
    await commit(database, log, 3);
    await commit(database, log, 4);
    await log.processAll();
    expect(batches).toEqual([[1], [2], [3, 4]]);
  });

  test('gets as many together as it takes', async () => {
    const batches: number[][] = [];
    await commit(database, log, ...Array.from({ length: 25 }, (_, index) => index + 1));
    const running = await log.consume({
      group: GROUP,
      topics: [TOPIC],
      together: 10,
      async handle(events) {
        batches.push(numbersOf(events));
      },
    });
    await running.caughtUp();
    expect(batches.map((batch) => batch.length)).toEqual([10, 10, 5]);
    expect(batches.flat()).toEqual(Array.from({ length: 25 }, (_, index) => index + 1));
  });

  test('gets them at once when somebody asks', async () => {
    const handled: number[] = [];
    const running = await log.consume({
      group: GROUP,
      topics: [TOPIC],
      paceMs: 3_600_000,
      async handle(events) {
        handled.push(...numbersOf(events));
      },
    });
    for (const number of [1, 2, 3]) {
      await commit(database, log, number);
      await running.caughtUp();
      expect(handled).toContain(number);
    }
  });
});
