import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type Database,
  migrate,
  openDatabase,
  PostgresVersionError,
  platformMigrations,
  statement,
} from '@starling/platform/postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';

let created: TestDatabase;
let database: Database;
let folder: string;

beforeEach(async () => {
  created = await createTestDatabase();
  database = openDatabase({ url: created.url, applicationName: 'migration tests' });
  folder = mkdtempSync(join(tmpdir(), 'starling-migrations-'));
});

afterEach(async () => {
  rmSync(folder, { recursive: true });
  await database.close();
  await created.drop();
});

const write = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
const set = () => ({ schema: 'trial', folder });
const names = statement('tests.migrationNames', 'select name from trial.migrations order by id');
const others = statement(
  'tests.otherConnections',
  `select count(*)::int as count from pg_stat_activity
   where datname = current_database() and application_name = 'starling migrations'`,
);

test('processes that start at once bring the database up to date once', async () => {
  write('0001_make_it.sql', 'create table trial.thing (id bigint primary key);');
  write('0002_fill_it.sql', 'insert into trial.thing select generate_series(1, 3);');
  await Promise.all(Array.from({ length: 5 }, () => migrate(created.url, [platformMigrations, set()])));
  expect(await database.query(names)).toEqual([{ name: '0001_make_it' }, { name: '0002_fill_it' }]);
  expect(await database.query(statement('tests.things', 'select count(*)::int as count from trial.thing'))).toEqual([
    { count: 3 },
  ]);
});

test('a later start runs what is new, and what has run stays as it is', async () => {
  write('0001_first.sql', 'create table trial.thing (id bigint);');
  await migrate(created.url, [set()]);
  write('0002_second.sql', 'alter table trial.thing add column name text;');
  await migrate(created.url, [set()]);
  await migrate(created.url, [set()]);
  expect(await database.query(names)).toEqual([{ name: '0001_first' }, { name: '0002_second' }]);
});

test('a migration that fails leaves nothing of itself, and those before it stand', async () => {
  write('0001_good.sql', 'create table trial.thing (id bigint);');
  write('0002_bad.sql', 'create table trial.half (id bigint); select * from trial.nowhere;');
  await expect(migrate(created.url, [set()])).rejects.toThrow('nowhere');
  expect(await database.query(names)).toEqual([{ name: '0001_good' }]);
  expect(await database.query(statement('tests.half', "select to_regclass('trial.half') as half"))).toEqual([
    { half: null },
  ]);
  write('0002_bad.sql', 'create table trial.half (id bigint);');
  await migrate(created.url, [set()]);
  expect(await database.query(names)).toHaveLength(2);
});

test('a migration that was slipped in before one that has run is refused', async () => {
  write('0002_second.sql', 'create table trial.thing (id bigint);');
  await migrate(created.url, [set()]);
  write('0001_first.sql', 'create table trial.earlier (id bigint);');
  await expect(migrate(created.url, [set()])).rejects.toThrow('0001_first');
});

test('nothing of it stays connected, so that the database can be copied as a template', async () => {
  await migrate(created.url, [platformMigrations]);
  expect(await database.query(others)).toEqual([{ count: 0 }]);
});

test('a PostgreSQL that is too old is told before anything is made there', async () => {
  write('0001_make_it.sql', 'create table trial.thing (id bigint primary key);');
  const name = new URL(created.url).pathname.slice(1);
  const run = (sql: string) => database.pool.query(sql);
  // It says of itself what such a one says.
  await run('create schema old');
  await run(`create function old.current_setting(name text) returns text language sql return
    case name when 'server_version' then '14.22' when 'server_version_num' then '140022' end`);
  await run(`alter database ${name} set search_path = old, pg_catalog`);
  const refused = migrate(created.url, [set()]);
  await expect(refused).rejects.toBeInstanceOf(PostgresVersionError);
  await expect(refused).rejects.toThrow('The PostgreSQL at DATABASE_URL is version 14.22');
  expect((await run("select from pg_namespace where nspname = 'trial'")).rowCount).toBe(0);
});
