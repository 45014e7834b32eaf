import { createPostgresEventLog, firstTime, type PostgresEventLog } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { redeliverForTests } from '../src/event-log/testing.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';

const GROUP = 'sums';

const eventsToCome = statement(
  'tests.eventsToCome',
  `select (payload->>'number')::int as number, handled from platform.events_to_come($1, $2, $3) order by number`,
);

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
  const toCome = (most = 100, group = GROUP) =>
    database.query<{ number: number; handled: boolean }>(eventsToCome, [group, [TOPIC], most]);
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

  test('are marked when they were handled and only the offset does not know; one that was sent again comes once', async () => {
    await commit(database, log, 1, 2);
    await handleAll();
    await redeliverForTests(database, GROUP);
    await database.pool.query(
      'insert into platform.outbox (id, topic, name, key, payload) select id, topic, name, key, payload from platform.outbox',
    );
    await commit(database, log, 3);
    expect(await toCome()).toEqual([
      { number: 1, handled: true },
      { number: 2, handled: true },
      { number: 3, handled: false },
    ]);
    expect(await toCome(2)).toHaveLength(2);
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
