import {
  type Database,
  openDatabase,
  statement,
  UNIQUE_VIOLATION,
  violatedConstraint,
} from '@starling/platform/postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';

let created: TestDatabase;
let database: Database;

beforeEach(async () => {
  created = await createTestDatabase();
  database = openDatabase({
    url: created.url,
    applicationName: 'database tests',
    maxConnections: 2,
    settings: { synchronous_commit: 'on' },
  });
  await database.query(statement('tests.make', 'create table notes (id bigint constraint notes_key primary key)'));
});

afterEach(async () => {
  await database.close();
  await created.drop();
});

const add = statement('tests.add', 'insert into notes values ($1)');
const all = statement('tests.all', 'select id from notes order by id');
const settings = statement(
  'tests.settings',
  `select current_setting('synchronous_commit') as durable, current_setting('transaction_isolation') as isolation,
     current_setting('application_name') as application`,
);

test('a transaction that ends well is committed, one that throws has changed nothing and throws the same', async () => {
  const answer = await database.transaction(async (transaction) => {
    await transaction.query(add, [1]);
    return 'done';
  });
  expect(answer).toBe('done');
  const error = new Error('no');
  const failing = database.transaction(async (transaction) => {
    await transaction.query(add, [2]);
    throw error;
  });
  await expect(failing).rejects.toBe(error);
  expect(await database.query(all)).toEqual([{ id: '1' }]);
});

test('a transaction whose statement failed is not taken for committed, even if the failure was swallowed', async () => {
  const called: string[] = [];
  const failing = database.transaction(async (transaction) => {
    transaction.afterCommit(() => called.push('committed'));
    await transaction.query(add, [1]);
    await transaction.query(add, [1]).catch(() => {});
  });
  await expect(failing).rejects.toThrow('nothing was committed');
  expect(await database.query(all)).toEqual([]);
  expect(called).toEqual([]);
});

test('who asked is called back after the commit, in order, and not after a rollback', async () => {
  const called: string[] = [];
  await database.transaction(async (transaction) => {
    transaction.afterCommit(() => called.push('first'));
    transaction.afterCommit(() => called.push('second'));
    await transaction.query(add, [1]);
    called.push('work');
  });
  await database
    .transaction(async (transaction) => {
      transaction.afterCommit(() => called.push('never'));
      throw new Error('no');
    })
    .catch(() => {});
  expect(called).toEqual(['work', 'first', 'second']);
});

test('a transaction is durable and READ COMMITTED unless asked otherwise, and what it was asked for ends with it', async () => {
  const seen = (options?: Parameters<Database['transaction']>[1]) =>
    database.transaction((transaction) => transaction.query(settings), options);
  const usual = { durable: 'on', isolation: 'read committed', application: 'database tests' };
  expect(await seen()).toEqual([usual]);
  expect(await seen({ durable: false, isolation: 'REPEATABLE READ' })).toEqual([
    { ...usual, durable: 'off', isolation: 'repeatable read' },
  ]);
  for (let connection = 0; connection < 3; connection++) expect(await seen()).toEqual([usual]);
});

test('every connection has the settings that were asked for', async () => {
  const other = openDatabase({
    url: created.url,
    applicationName: 'other',
    settings: { synchronous_commit: 'off', default_transaction_isolation: 'serializable' },
  });
  expect(await other.query(settings)).toEqual([{ durable: 'off', isolation: 'serializable', application: 'other' }]);
  await other.close();
});

test('the server ends a session, and gives back its locks, half a minute after its machine was last heard of', async () => {
  const [asked] = await database.query<{ seconds: number }>(
    statement(
      'tests.noticedAfter',
      `select current_setting('tcp_keepalives_idle')::int
         + current_setting('tcp_keepalives_interval')::int * current_setting('tcp_keepalives_count')::int as seconds`,
    ),
  );
  expect(asked?.seconds).toBe(25);
});

test('a connection that breaks within a transaction is replaced', async () => {
  const suicide = statement('tests.suicide', 'select pg_terminate_backend(pg_backend_pid())');
  for (let time = 0; time < 4; time++) {
    await expect(database.transaction((transaction) => transaction.query(suicide))).rejects.toThrow();
  }
  expect(await Promise.all([database.query(all), database.query(all)])).toEqual([[], []]);
});

test('a violated constraint has a name, whatever else failed has none', async () => {
  await database.query(add, [1]);
  const duplicate = await database.query(add, [1]).catch((error: unknown) => error);
  expect(violatedConstraint(duplicate)).toBe('notes_key');
  expect(violatedConstraint(duplicate, '23503')).toBeUndefined();
  const other = await database.query(add, ['x']).catch((error: unknown) => error);
  expect(violatedConstraint(other, UNIQUE_VIOLATION)).toBeUndefined();
  expect(violatedConstraint(new Error('no'))).toBeUndefined();
});

test('the names of statements are told to who listens, until it stops', async () => {
  const names: string[] = [];
  const stop = database.onStatement((name) => names.push(name));
  await database.query(all);
  await database.transaction((transaction) => transaction.query(add, [1]));
  stop();
  await database.query(all);
  expect(names).toEqual(['tests.all', 'tests.add']);
});

test('it may be closed twice', async () => {
  const other = openDatabase({ url: created.url, applicationName: 'other' });
  await other.query(all);
  await Promise.all([other.close(), other.close()]);
  await expect(other.query(all)).rejects.toThrow();
});
