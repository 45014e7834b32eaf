import { createPostgresEventLog, thisMoment } from '@starling/platform/event-log';
import { type Database, statement } from '@starling/platform/postgres';
import { beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { redeliverForTests } from '../src/event-log/testing.ts';
import { eventLogContract } from './event-log/contract.ts';
import { breakConnections, deadLetters } from './event-log/postgres-harness.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';
import { gate } from './support/gate.ts';
import { looksByTheClock } from './support/looks.ts';
import { outboxOfEachTest } from './support/outbox.ts';

const countWaiting = statement(
  'tests.countWaiting',
  `select count(*)::int as waiting from pg_locks
   where locktype = 'advisory' and not granted and database = (select oid from pg_database where datname = current_database())`,
);

const endHolder = statement(
  'tests.endHolder',
  `select pg_terminate_backend(pid) from pg_locks
   where locktype = 'advisory' and granted and database = (select oid from pg_database where datname = current_database())`,
);

eventLogContract('The outbox in PostgreSQL', {
  open: (url, attention = 'all') => createPostgresEventLog({ url, attention }),
  createDatabase: createTestDatabase,
  breakConnections,
  loseOffset: breakConnections,
  argumentsOf: (url) => [url],
  deadLetters,
});

/** What it costs to ask, and how batches are taken in turn. */
describe('The outbox in PostgreSQL', () => {
  const outbox = outboxOfEachTest();
  const { open, statements, stops } = outbox;
  let database: Database;
  beforeEach(() => {
    database = outbox.database;
  });

  test('with nobody else there, a stored consumer that is left to others handles what is outstanding when it is asked', async () => {
    const log = open('memory');
    const numbers: number[] = [];
    const { caughtUp, isCaughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    await commit(database, log, 1, 2);
    const moment = thisMoment();
    await caughtUp(moment);
    expect(numbers).toEqual([1, 2]);
    expect(isCaughtUp(moment)).toBe(true);
    await commit(database, log, 3);
    await log.processAll();
    expect(numbers).toEqual([1, 2, 3]);
  });

  test('when nothing is outstanding, any number of callers and consumers share one statement', async () => {
    const log = open();
    const consumers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => log.consume({ group: `g${index}`, topics: [TOPIC], async handle() {} })),
    );
    await commit(database, log, 1);
    await log.processAll();
    // Until no look of the background is under way, whose answer would come first.
    while (statements.length > 0) {
      statements.length = 0;
      await log.processAll();
      statements.splice(statements.indexOf('platform.findOutstanding'), 1);
    }
    const looks = looksByTheClock();
    await Promise.all(Array.from({ length: 50 }, () => Promise.all(consumers.map((consumer) => consumer.caughtUp()))));
    // The background may have asked on its own meanwhile.
    expect(new Set(statements)).toEqual(new Set(['platform.findOutstanding']));
    expect(statements.length).toBeLessThanOrEqual(1 + looks());
  });

  test('whatever is asked for one moment, one statement answers', async () => {
    const log = open();
    const consumers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => log.consume({ group: `g${index}`, topics: [TOPIC], async handle() {} })),
    );
    await commit(database, log, 1);
    const moment = thisMoment();
    for (const consumer of consumers) await consumer.caughtUp(moment);
    statements.length = 0;
    const looks = looksByTheClock();
    for (const consumer of consumers) {
      expect(consumer.isCaughtUp(moment)).toBe(true);
      await consumer.caughtUp(moment);
    }
    // The background may have asked on its own meanwhile.
    expect(statements.length).toBeLessThanOrEqual(looks());
  });

  test('what a consumer appends as it handles what came before a moment is waited for after it', async () => {
    const log = open();
    const FURTHER = 'tests.further';
    const handled: number[] = [];
    const first = await log.consume({
      group: 'first',
      topics: [TOPIC],
      appends: true,
      async handle(events) {
        const further = numbersOf(events).map((number) => numbered(number, 'k', FURTHER));
        await database.transaction((transaction) => log.append(transaction, further));
      },
    });
    const further = await log.consume({
      group: 'further',
      topics: [FURTHER],
      // Nobody but who asks makes it go on.
      paceMs: 3_600_000,
      handle: async (events) => void handled.push(...numbersOf(events)),
    });
    for (let number = 1; number <= 5; number += 1) {
      await commit(database, log, number);
      const moment = thisMoment();
      await first.caughtUp(moment);
      await further.caughtUp(moment);
      expect(handled.at(-1)).toBe(number);
    }
  });

  test('events of a thousand bytes more or less are appended by one statement for five thousand', async () => {
    const log = open();
    const names: string[] = [];
    database.onStatement((name) => names.push(name));
    await commit(database, log, ...Array.from({ length: 12_000 }, (_, number) => number));
    expect(names).toEqual(Array(3).fill('platform.appendEvents'));
  });

  test('a large backlog is handled page by page, and a restart in the middle resumes there', async () => {
    const all = Array.from({ length: 5_500 }, (_, number) => number);
    const first = open();
    await commit(database, first, ...all);
    const numbers: number[] = [];
    let broken = false;
    await first.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        if (numbers.length >= 2_000) {
          broken = true;
          throw Object.assign(new Error('gone'), { code: 'ECONNRESET' });
        }
        numbers.push(...numbersOf(events));
      },
    });
    while (!broken) await first.processAll().catch(() => {});
    await first.stop();
    stops.length = 0;
    // What is committed in the middle of the window belongs to the next one.
    const second = open();
    await commit(database, second, -1, -2);
    const rest = await second.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    await rest.caughtUp();
    expect(numbers).toEqual([...all, -1, -2]);
  });

  test('a batch costs two statements besides what is done with it, and one that nobody waits for', async () => {
    const log = open();
    const { caughtUp } = await log.consume({ group: 'g', topics: [TOPIC], async handle() {} });
    await commit(database, log, 1);
    await caughtUp();
    const ofTurns = () => statements.filter((name) => /Turn$|Offset$/.test(name));
    await until('the turn has ended', async () => ofTurns().at(-1) === 'platform.endTurn');
    statements.length = 0;
    await commit(database, log, 2);
    await caughtUp();
    await until('the turn has ended', async () => ofTurns().at(-1) === 'platform.endTurn');
    expect(ofTurns()).toEqual(['platform.takeTurn', 'platform.moveOffset', 'platform.endTurn']);
  });

  test('an offset that somebody sets while a batch is in hand stays as it was set', async () => {
    const log = open();
    const numbers: number[] = [];
    let set: Promise<void> | undefined;
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        numbers.push(...numbersOf(events));
        set ??= numbers.length > 1 ? redeliverForTests(database, 'g') : undefined;
        await set;
      },
    });
    await commit(database, log, 1);
    await caughtUp();
    await commit(database, log, 2);
    await caughtUp();
    await caughtUp();
    expect(numbers).toEqual([1, 2, 1, 2]);
  });

  test('a process that stands still with a batch in hand keeps others of its group waiting, until its connection ends', async () => {
    const [stuck, other] = [open(), open()];
    const never = gate();
    const inHand = gate();
    const numbers: number[] = [];
    const consumer = { group: 'g', topics: [TOPIC] };
    const first = await stuck.consume({
      ...consumer,
      async handle() {
        inHand.open();
        await never.opened;
      },
    });
    await commit(database, stuck, 1);
    // Its turn was taken away; what it waits for was handled all the same.
    const ended = first.caughtUp().catch(() => {});
    await inHand.opened;
    const second = await other.consume({
      ...consumer,
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    const handled = second.caughtUp();
    await until(
      'the other waits',
      async () => (await database.query<{ waiting: number }>(countWaiting))[0]?.waiting === 1,
    );
    expect(numbers).toEqual([]);
    await database.query(endHolder);
    await handled;
    expect(numbers).toEqual([1]);
    never.open();
    await ended;
  });

  test('a window that is open holds just what it began with, however late its pages are read', async () => {
    const log = open();
    const numbers: number[] = [];
    let late: Promise<void> | undefined;
    const early = await database.pool.connect();
    await early.query('begin');
    await early.query(
      `insert into platform.outbox (id, topic, name, key, payload)
       values (gen_random_uuid(), $1, 'number.drawn.v1', 'k', '{"number": -1}')`,
      [TOPIC],
    );
    await commit(database, log, ...Array.from({ length: 3_000 }, (_, number) => number));
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        numbers.push(...numbersOf(events));
        // Its position is before every page's, and it commits between two of them.
        late ??= early.query('commit').then(() => early.release());
        await late;
      },
    });
    await caughtUp();
    await caughtUp();
    expect(numbers.slice(0, 3_000)).toEqual(Array.from({ length: 3_000 }, (_, number) => number));
    expect(numbers.slice(3_000)).toEqual([-1]);
  });
});
