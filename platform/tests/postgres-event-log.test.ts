import {
  type Attention,
  createPostgresEventLog,
  type DeadLetter,
  firstTime,
  replayDeadLetters,
  thisMoment,
} from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { redeliverForTests } from '../src/event-log/testing.ts';
import { eventLogContract } from './event-log/contract.ts';
import { breakConnections, deadLetters } from './event-log/postgres-harness.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';
import { gate } from './support/gate.ts';
import { looksByTheClock } from './support/looks.ts';

const countRows = statement(
  'tests.countRows',
  `select (select count(*)::int from platform.outbox) as events,
     (select count(*)::int from platform.handled_events) as handled`,
);

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

describe('The outbox in PostgreSQL', () => {
  let database: Database;
  let drop: () => Promise<void>;
  let stops: (() => Promise<void>)[];
  let statements: string[];

  beforeEach(async () => {
    const created = await createTestDatabase();
    drop = created.drop;
    database = openDatabase({ url: created.url, applicationName: 'event log tests' });
    stops = [];
    statements = [];
  });

  afterEach(async () => {
    for (const stop of stops) await stop();
    await database.close();
    await drop();
  });

  function open(onDeadLetter?: (letter: DeadLetter) => void, attention: Attention = 'all') {
    const log = createPostgresEventLog({
      url: database.url,
      attention,
      onStatement: (name) => statements.push(name),
      ...(onDeadLetter && { onDeadLetter }),
    });
    stops.push(log.stop);
    return log;
  }

  test('with nobody else there, a stored consumer that is left to others handles what is outstanding when it is asked', async () => {
    const log = open(undefined, 'memory');
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
    stops = [];
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
    statements = [];
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

  test('a dead letter is told, and a redelivered one is kept once', async () => {
    const letters: DeadLetter[] = [];
    const log = open((letter) => letters.push(letter));
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
