import { createPostgresEventLog, type PostgresEventLog, thisMoment } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { createTestDatabase } from '../../tests/support/database.ts';
import { append } from '../src/event-log/postgres/append.ts';
import { type NothingNew, nothingNew } from '../src/event-log/postgres/nothing-new.ts';
import { type AsOf, questionAbout } from '../src/event-log/postgres/outstanding.ts';
import { numbered, numbersOf, TOPIC } from './support/events.ts';
import { gate } from './support/gate.ts';

const endOthers = statement(
  'tests.endOthers',
  `select pg_terminate_backend(pid) from pg_stat_activity
   where datname = current_database() and application_name = $1`,
);

let database: Database;
let drop: () => Promise<void>;

beforeEach(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, applicationName: 'nothing new tests' });
});

afterEach(async () => {
  await database.close();
  await drop();
});

/** Committed without a word to any log. */
function commitSilently(number: number, topic = TOPIC): Promise<void> {
  return database.transaction((transaction) => append(transaction, [numbered(number, 'k', topic)]));
}

describe('whether anything is new since a snapshot', () => {
  let reader: Database;
  let quiet: NothingNew;
  let nowMs: number;

  const asOfNow = async (): Promise<AsOf> => (await questionAbout([])(reader, [])).asOf;

  beforeEach(async () => {
    reader = openDatabase({ url: database.url, applicationName: 'reader of news', maxConnections: 1 });
    nowMs = 0;
    quiet = nothingNew([TOPIC], () => nowMs);
    quiet.begin(await asOfNow());
  });

  afterEach(() => reader.close());

  test('nothing is until an event of its topics is committed', async () => {
    expect(await quiet.isStillSo(reader)).toBe(true);
    await commitSilently(1, 'tests.of.others');
    expect(await quiet.isStillSo(reader)).toBe(true);
    await commitSilently(1);
    expect(await quiet.isStillSo(reader)).toBe(false);
    // Somebody has to say first that it was handled.
    expect(await quiet.isStillSo(reader)).toBe(false);
    quiet.begin(await asOfNow());
    expect(await quiet.isStillSo(reader)).toBe(true);
  });

  test('an answer is believed for 400 ms, and all groups are asked again then', async () => {
    nowMs = 400;
    expect(await quiet.isStillSo(reader)).toBe(true);
    nowMs = 401;
    expect(await quiet.isStillSo(reader)).toBe(false);
    quiet.begin(await asOfNow());
    expect(await quiet.isStillSo(reader)).toBe(true);
  });

  test('what was under way is new once it is committed, also when later transactions were committed before', async () => {
    const written = gate();
    const mayCommit = gate();
    const slow = database.transaction(async (transaction) => {
      await append(transaction, [numbered(1)]);
      written.open();
      await mayCommit.opened;
    });
    await written.opened;
    await commitSilently(2, 'tests.of.others');
    quiet.begin(await asOfNow());
    expect(await quiet.isStillSo(reader)).toBe(true);
    mayCommit.open();
    await slow;
    expect(await quiet.isStillSo(reader)).toBe(false);
  });

  test('another backend is not believed, nor anything after the end', async () => {
    expect(await quiet.isStillSo(reader)).toBe(true);
    const { backend } = await asOfNow();
    await database.query(endOthers, ['reader of news']);
    await until('the reader has another backend', async () => (await asOfNow()).backend !== backend);
    expect(await quiet.isStillSo(reader)).toBe(false);
    quiet.begin(await asOfNow());
    expect(await quiet.isStillSo(reader)).toBe(true);
    quiet.end();
    expect(await quiet.isStillSo(reader)).toBe(false);
  });
});

describe('readers of a log to which nothing is written', () => {
  let log: PostgresEventLog;
  let statements: string[];
  let numbers: number[];

  beforeEach(() => {
    statements = [];
    numbers = [];
    log = createPostgresEventLog({ url: database.url, onStatement: (name) => statements.push(name) });
  });

  afterEach(() => log.stop());

  const consume = (group: string) =>
    log.consume({
      group,
      topics: [TOPIC],
      async handle(events) {
        if (group === 'g0') numbers.push(...numbersOf(events));
      },
    });

  test('compare one snapshot for all groups, and read whatever was committed before they asked', async () => {
    const consumers = await Promise.all(Array.from({ length: 10 }, (_, index) => consume(`g${index}`)));
    const [first] = consumers;
    await log.processAll();
    await first?.caughtUp(thisMoment());
    for (let number = 0; number < 30; number++) {
      await first?.caughtUp(thisMoment());
      await commitSilently(number);
      await first?.caughtUp(thisMoment());
      expect(numbers).toHaveLength(number + 1);
    }
    expect(statements).toContain('platform.findNews');
  });

  test('know of a new consumer that it has handled nothing', async () => {
    const first = await consume('g1');
    await first.caughtUp(thisMoment());
    await commitSilently(1);
    await first.caughtUp(thisMoment());
    await first.caughtUp(thisMoment());
    const late = await consume('g0');
    await late.caughtUp(thisMoment());
    expect(numbers).toEqual([1]);
  });
});
