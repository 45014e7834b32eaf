import {
  type Attention,
  type Consumer,
  createPostgresEventLog,
  type EventLog,
  type RunningConsumer,
  thisMoment,
} from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { redeliverForTests } from '../src/event-log/testing.ts';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';
import { gate } from './support/gate.ts';
import { looksByTheClock } from './support/looks.ts';

const QUESTION = 'platform.findOutstanding';

/** What it costs to wait for a consumer that has a batch in hand, and what must be waited for all the same. */
describe('Whoever waits for the outbox in PostgreSQL', () => {
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

  /** With `memory` the background asks nothing of stored consumers, and so nothing at all where there are no others. */
  function open(attention: Attention = 'memory'): EventLog {
    const log = createPostgresEventLog({
      url: database.url,
      attention,
      onStatement: (name) => void statements.push(name),
    });
    stops.push(log.stop);
    return log;
  }

  const questions = () => statements.filter((name) => name === QUESTION).length;

  /** A consumer that keeps its numbers, and whose first batch stays in hand until it may end. */
  async function slowConsumer(log: EventLog, options: Partial<Consumer> = {}) {
    const [begun, mayEnd] = [gate(), gate()];
    const numbers: number[] = [];
    const running = await log.consume({
      group: 'slow',
      topics: [TOPIC],
      async handle(events) {
        begun.open();
        await mayEnd.opened;
        numbers.push(...numbersOf(events));
      },
      ...options,
    });
    return { ...running, numbers, begun: begun.opened, mayEnd };
  }

  /** The first batch is in hand, with these numbers in it; nothing was asked since. */
  async function withBatchInHand(options?: Partial<Consumer>, numbers: readonly number[] = [1]) {
    const log = open();
    const slow = await slowConsumer(log, options);
    for (const number of numbers) await commit(database, log, number);
    const inHand = slow.caughtUp();
    await slow.begun;
    stops.unshift(async () => {
      slow.mayEnd.open();
      await inHand;
    });
    statements.length = 0;
    return { log, slow };
  }

  test('asks once, where all that is outstanding is in the batch in hand', async () => {
    const { slow } = await withBatchInHand();
    const waiting = Promise.all([1, 2, 3].map(() => slow.caughtUp(thisMoment())));
    await until('somebody has asked', async () => questions() > 0);
    slow.mayEnd.open();
    await waiting;
    expect(slow.numbers).toEqual([1]);
    expect(questions()).toBe(1);
    expect(statements).not.toContain('platform.takeTurn');
  });

  test.each([
    ['a stored offset', {}],
    ['a memory offset', { offset: 'memory' }],
  ] as const)('waits for what was committed after the batch in hand was read, with %s', async (_, options) => {
    const { log, slow } = await withBatchInHand(options);
    await commit(database, log, 2);
    const waiting = [slow.caughtUp(thisMoment()), slow.caughtUp()].map(async (caughtUp) => {
      await caughtUp;
      return slow.numbers.length;
    });
    await until('somebody has asked', async () => questions() > 0);
    slow.mayEnd.open();
    expect(await Promise.all(waiting)).toEqual([2, 2]);
  });

  test('waits for what was under way when the batch in hand was read, and committed later', async () => {
    const log = open();
    const slow = await slowConsumer(log);
    const [appended, mayCommit] = [gate(), gate()];
    const early = database.transaction(async (transaction) => {
      await log.append(transaction, [numbered(1)]);
      appended.open();
      await mayCommit.opened;
    });
    await appended.opened;
    await commit(database, log, 2);
    const inHand = slow.caughtUp();
    await slow.begun;
    mayCommit.open();
    await early;
    statements.length = 0;
    const waiting = slow.caughtUp(thisMoment()).then(() => [...slow.numbers]);
    await until('somebody has asked', async () => questions() > 0);
    slow.mayEnd.open();
    expect(await waiting).toEqual([2, 1]);
    await inHand;
  });

  test('waits for what lies beyond all that a question looks at', async () => {
    const many = Array.from({ length: 60 }, (_, index) => index);
    const { log, slow } = await withBatchInHand({}, many);
    await commit(database, log, -1);
    const waiting = slow.caughtUp(thisMoment()).then(() => slow.numbers.at(-1));
    await until('somebody has asked', async () => questions() > 0);
    slow.mayEnd.open();
    expect(await waiting).toBe(-1);
  });

  test('for a read waits for the effect, and not for the offset', async () => {
    const log = open();
    const numbers: number[] = [];
    const { caughtUp } = await log.consume({
      group: 'g',
      topics: [TOPIC],
      handle: async (events) => void numbers.push(...numbersOf(events)),
    });
    await commit(database, log, 1);
    await caughtUp();
    await until('the turn has ended', async () => statements.at(-1) === 'platform.endTurn');
    statements.length = 0;
    const holder = await database.pool.connect();
    await holder.query('begin; select from platform.consumer_offsets for update');
    await commit(database, log, 2);
    await caughtUp(thisMoment());
    expect(numbers).toEqual([1, 2]);
    let isStored = false;
    const stored = caughtUp().then(() => {
      isStored = true;
    });
    await until('it is told to be stored', async () => statements.includes('platform.moveOffset'));
    expect(isStored).toBe(false);
    await holder.query('commit');
    holder.release();
    await stored;
    expect(numbers).toEqual([1, 2]);
  });

  test('for a read waits for what is delivered again, once somebody has set the offset back', async () => {
    const { slow } = await withBatchInHand();
    slow.mayEnd.open();
    await slow.caughtUp();
    await redeliverForTests(database, 'slow');
    // Nothing tells of it, so that it is noticed once all groups are asked about again.
    await until('it is noticed', async () => {
      await slow.caughtUp(thisMoment());
      return slow.numbers.length > 1;
    });
    expect(slow.numbers).toEqual([1, 1]);
  });

  describe('for the events of a batch', () => {
    /** A consumer that waits for another one at each of its batches; what it found there when it had. */
    async function follow(log: EventLog, other: Pick<RunningConsumer, 'caughtUp'>, numbers: readonly number[]) {
      const found: (readonly number[])[] = [];
      const begun = gate();
      const running = await log.consume({
        group: 'follower',
        topics: [TOPIC],
        offset: 'memory',
        async handle(_events, asOf) {
          begun.open();
          await other.caughtUp(asOf);
          found.push([...numbers]);
        },
      });
      return { ...running, found, begun: begun.opened };
    }

    test('asks nothing, where the other has them in hand or had them', async () => {
      const log = open('all');
      const numbers: number[] = [];
      const other = await log.consume({
        group: 'other',
        topics: [TOPIC],
        handle: async (events) => void numbers.push(...numbersOf(events)),
      });
      const { found } = await follow(log, other, numbers);
      await log.processAll();
      statements.length = 0;
      const looks = looksByTheClock();
      const rounds = 40;
      for (let number = 1; number <= rounds; number++) {
        await commit(database, log, number);
        await until('it is handled', async () => found.length >= number);
        expect(found.at(-1)).toContain(number);
      }
      expect(questions()).toBeLessThan(rounds / 2 + looks());
    });

    test('waits for those that the other had not in hand yet', async () => {
      const { log, slow } = await withBatchInHand({ offset: 'memory' });
      const { found, begun } = await follow(log, slow, slow.numbers);
      await commit(database, log, 2);
      await begun;
      slow.mayEnd.open();
      await until('it is handled', async () => found.length > 0);
      expect(found[0]).toEqual([1, 2]);
    });

    test('waits for another that has a topic less, which has nothing to do for them', async () => {
      const log = open();
      const numbers: number[] = [];
      const other = await log.consume({
        group: 'other',
        topics: ['tests.other'],
        handle: async (events) => void numbers.push(...numbersOf(events)),
      });
      const { found } = await follow(log, other, numbers);
      await commit(database, log, 1);
      await until('it is handled', async () => found.length > 0);
      expect(statements).not.toContain('platform.takeTurn');
    });
  });

  test('is not held up by a consumer that gives others a head start', async () => {
    const log = open('all');
    const numbers: number[] = [];
    const handle: Consumer['handle'] = async (events) => void numbers.push(...numbersOf(events));
    const late = { topics: [TOPIC], headStartMs: 3_600_000, handle };
    const { caughtUp } = await log.consume({ ...late, group: 'late' });
    await commit(database, log, 1);
    await caughtUp(thisMoment());
    expect(numbers).toEqual([1]);
    await log.consume({ ...late, group: 'soon', headStartMs: 20 });
    await until('it goes on by itself', async () => numbers.length === 2);
  });

  test('is woken by a commit elsewhere without a question, where somebody reads its topic', async () => {
    const [log, elsewhere] = [open(), open()];
    const numbers: number[] = [];
    await log.consume({
      group: 'm',
      topics: [TOPIC],
      offset: 'memory',
      handle: async (events) => void numbers.push(...numbersOf(events)),
    });
    await log.consume({ group: 'other', topics: ['tests.other'], offset: 'memory', async handle() {} });
    await commit(database, elsewhere, 0);
    await until('it listens', async () => numbers.length === 1);
    statements.length = 0;
    const looks = looksByTheClock();
    const rounds = 40;
    for (let number = 1; number <= rounds; number++) {
      await commit(database, elsewhere, number);
      await until('it is handled', async () => numbers.at(-1) === number);
    }
    expect(questions()).toBeLessThan(rounds / 2 + looks());
    // Those of who reads another topic would be as many again.
    const windows = statements.filter((name) => name === 'platform.openSmallWindow').length;
    expect(windows).toBeLessThan(2 * rounds + looks());
  });
});
