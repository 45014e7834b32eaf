import { type DeadLetter, firstTime, replayDeadLetters } from '@starling/platform/event-log';
import { type Database, statement } from '@starling/platform/postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { redeliverForTests } from '../src/event-log/testing.ts';
import { breakConnections, deadLetters } from './event-log/postgres-harness.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';
import { gate } from './support/gate.ts';
import { outboxOfEachTest } from './support/outbox.ts';

const countRows = statement(
  'tests.countRows',
  `select (select count(*)::int from platform.outbox) as events,
     (select count(*)::int from platform.handled_events) as handled`,
);

/** What it keeps and for how long, and from where it delivers again. */
describe('The outbox in PostgreSQL', () => {
  const outbox = outboxOfEachTest();
  const { open } = outbox;
  let database: Database;
  beforeEach(() => {
    database = outbox.database;
  });

  test('a dead letter is told, and a redelivered one is kept once', async () => {
    const letters: DeadLetter[] = [];
    const log = open('all', (letter) => letters.push(letter));
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle() {
        throw new Error('bad \0 byte');
      },
    });
    await commit(database, log, 7);
    await caughtUp();
    await redeliverForTests(database, 'g');
    await caughtUp();
    expect(letters.map(({ event, group, attempts }) => [numbersOf([event]), group, attempts])).toEqual([
      [[7], 'g', 8],
      [[7], 'g', 8],
    ]);
    expect(await deadLetters(database, 'g')).toHaveLength(1);
  });

  test('redeliverForTests delivers everything again from the beginning', async () => {
    const log = open();
    const numbers: number[] = [];
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    await commit(database, log, 1, 2);
    await caughtUp();
    await redeliverForTests(database, 'g');
    await caughtUp();
    expect(numbers).toEqual([1, 2, 1, 2]);
  });

  test('old events go once every group that reads their topic has passed them, with the record of who handled them', async () => {
    const log = open();
    const handle = (group: string) => ({
      group,
      topics: [TOPIC],
      handle: (events: Parameters<typeof firstTime>[2]) =>
        database.transaction(async (transaction) => {
          await firstTime(transaction, group, events);
        }),
    });
    const fast = await log.consume(handle('fast'));
    const slow = await log.consume(handle('slow'));
    await log.consume({ group: 'elsewhere', topics: ['tests.other'], async handle() {} });
    await commit(database, log, 1, 2);
    await log.processAll();
    await slow.stop();
    await commit(database, log, 3);
    await fast.caughtUp();
    expect(await database.query(countRows)).toEqual([{ events: 3, handled: 5 }]);
    expect(await log.prune({ olderThanMs: 3_600_000 })).toBe(0);
    expect(await log.prune({ olderThanMs: -1_000 })).toBe(2);
    expect(await database.query(countRows)).toEqual([{ events: 1, handled: 1 }]);
    const again = await log.consume(handle('slow'));
    await again.caughtUp();
    expect(await log.prune({ olderThanMs: -1_000 })).toBe(1);
    expect(await database.query(countRows)).toEqual([{ events: 0, handled: 0 }]);
  });

  test('a dead letter that is replayed when its event has long gone is handled by nobody twice', async () => {
    const log = open();
    const handled: string[] = [];
    let broken = true;
    const handle = (group: string) => ({
      group,
      topics: [TOPIC],
      handle: (events: Parameters<typeof firstTime>[2]) =>
        database.transaction(async (transaction) => {
          const fresh = await firstTime(transaction, group, events);
          if (group === 'badly' && broken) throw new Error('it is broken');
          handled.push(...fresh.map(() => group));
        }),
    });
    await log.consume(handle('well'));
    await log.consume(handle('badly'));
    await commit(database, log, 1);
    await log.processAll();
    expect(await log.prune({ olderThanMs: -1_000 })).toBe(1);

    broken = false;
    expect(await replayDeadLetters(database, {})).toEqual({ letters: 1, events: 1 });
    await log.processAll();
    expect(handled).toEqual(['well', 'badly']);
    expect(await log.prune({ olderThanMs: -1_000 })).toBe(1);
    expect(await database.query(countRows)).toEqual([{ events: 0, handled: 0 }]);
  });

  test('an event of no topic that anybody reads goes when it is old', async () => {
    const log = open();
    await database.transaction((transaction) => log.append(transaction, [numbered(1, 'k', 'tests.unread')]));
    expect(await log.prune({ olderThanMs: -1_000 })).toBe(1);
  });

  test('a group whose offset was removed says so instead of standing still in silence', async () => {
    const log = open();
    const { caughtUp } = await log.consume({ group: 'g', topics: [TOPIC], async handle() {} });
    await database.query(statement('tests.removeOffset', 'delete from platform.consumer_offsets'));
    await expect(caughtUp()).rejects.toThrow('has been removed');
  });

  test('a memory offset gets what is recent again after an interruption, and what is new', async () => {
    const log = open();
    const twice = gate();
    const numbers: number[] = [];
    /** How many numbers it had when it was told of the interruption. */
    const interruptedAt = new Set<number>();
    const { caughtUp } = await log.consume({
      group: 'm',
      topics: [TOPIC],
      offset: 'memory',
      async handle(events) {
        numbers.push(...numbersOf(events));
        if (numbers.filter((number) => number === 1).length === 2) twice.open();
      },
      interrupted: () => void interruptedAt.add(numbers.length),
    });
    await commit(database, log, 1);
    await caughtUp();
    expect([...interruptedAt]).toEqual([]);
    await breakConnections(database);
    await twice.opened;
    await commit(database, log, 2);
    await caughtUp();
    expect(numbers).toEqual([1, 1, 2]);
    // Before it got anything again.
    expect(interruptedAt).toContain(1);
  });

  test('a memory offset looks back no further than it was told', async () => {
    const log = open();
    await commit(database, log, 1, 2);
    await database.query(
      statement(
        'tests.age',
        `update platform.outbox set occurred_at = now() - interval '1 day' where (payload ->> 'number')::int = 1`,
      ),
    );
    const numbers: number[] = [];
    const { caughtUp } = await log.consume({
      group: 'm',
      topics: [TOPIC],
      offset: 'memory',
      lookBackMs: 3_600_000,
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    await caughtUp();
    expect(numbers).toEqual([2]);
  });
});
