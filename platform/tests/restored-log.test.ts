import { createPostgresEventLog, type EventLog, firstTime } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { pino } from 'pino';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { commit, numbersOf, TOPIC } from './support/events.ts';

// As they were on a server that had counted far: the last event came after the group's offset.
const numberEvents = statement(
  'tests.numberEvents',
  `update platform.outbox
   set transaction_id = (case when (payload ->> 'number')::int < 3 then '5000000001' else '5000000003' end)::xid8`,
);
const numberOffsets = statement(
  'tests.numberOffsets',
  "update platform.consumer_offsets set seen = '5000000002:5000000002:'",
);
const isNumberedAnew = statement(
  'tests.isNumberedAnew',
  'select bool_and(transaction_id < pg_snapshot_xmax(pg_current_snapshot())) as "isSo" from platform.outbox',
);
const addRelay = statement(
  'tests.addRelay',
  "insert into platform.relays values ('cluster', 'starling_relay_gone', '0/1', '5000000002:5000000002:')",
);
const listRelays = statement('tests.listRelays', 'select seen::text as seen from platform.relays');

let database: Database;
let drop: () => Promise<void>;
let logs: EventLog[];
let warnings: string[];

beforeEach(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, applicationName: 'restored log tests' });
  logs = [];
  warnings = [];
});

afterEach(async () => {
  for (const log of logs) await log.stop();
  await database.close();
  await drop();
});

function open(): EventLog {
  const logger = pino({ level: 'warn' }, { write: (line: string) => void warnings.push(line) });
  const log = createPostgresEventLog({ url: database.url, logger });
  logs.push(log);
  return log;
}

async function collect(log: EventLog, group: string, offset: 'stored' | 'memory' = 'stored') {
  const numbers: number[] = [];
  const fresh: number[] = [];
  const running = await log.consume({
    group,
    topics: [TOPIC],
    offset,
    handle: (events) =>
      database.transaction(async (transaction) => {
        numbers.push(...numbersOf(events));
        fresh.push(...numbersOf(await firstTime(transaction, group, events)));
      }),
  });
  return { numbers, fresh, ...running };
}

test.each(['events and offsets', 'offsets', 'events'])(
  'where %s have numbers that the server has yet to give out, all that is kept is delivered again, once, and nothing is lost',
  async (which) => {
    const before = open();
    const first = await collect(before, 'g');
    await commit(database, before, 1, 2);
    await first.caughtUp();
    await first.stop();
    await commit(database, before, 3);
    await before.stop();
    logs = [];
    if (which !== 'offsets') await database.query(numberEvents);
    if (which !== 'events') await database.query(numberOffsets);
    await database.query(addRelay);

    const [log, another] = [open(), open()];
    const [stored, other, memory] = await Promise.all([
      collect(log, 'g'),
      collect(another, 'g'),
      collect(log, 'm', 'memory'),
    ]);
    for (const number of [4, 5]) {
      await commit(database, log, number);
      await Promise.all([stored.caughtUp(), other.caughtUp(), memory.caughtUp()]);
    }
    expect([...stored.numbers, ...other.numbers].sort()).toEqual([1, 2, 3, 4, 5]);
    expect([...stored.fresh, ...other.fresh].sort()).toEqual([3, 4, 5]);
    expect(memory.numbers).toEqual([4, 5]);
    expect(await database.query(isNumberedAnew)).toEqual([{ isSo: true }]);
    expect(await database.query(listRelays)).toEqual([{ seen: '1:1:' }]);
    expect(warnings).toEqual([expect.stringContaining('restored from a dump')]);
  },
);

test('a log in good order goes on where it was', async () => {
  const before = open();
  const first = await collect(before, 'g');
  await commit(database, before, 1, 2);
  await first.caughtUp();
  await before.stop();
  logs = [];
  const log = open();
  const { numbers, caughtUp } = await collect(log, 'g');
  await commit(database, log, 3);
  await caughtUp();
  expect(numbers).toEqual([3]);
  expect(warnings).toEqual([]);
});
