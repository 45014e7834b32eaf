import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  type EmbeddedPostgres,
  findEmbeddedPostgres,
  startEmbeddedPostgres,
} from '@starling/platform/postgres/embedded';
import pg from 'pg';
import { afterEach, beforeEach, expect, test } from 'vitest';

const PRODUCT = join(import.meta.dirname, 'fixtures/product-with-postgres.ts');

let dataDirectory: string;
let running: EmbeddedPostgres[];
let children: ChildProcess[];

beforeEach(() => {
  // Private to its owner: when root runs the tests, the account of the database cannot enter it by itself.
  dataDirectory = mkdtempSync(join(tmpdir(), 'starling-embedded-'));
  running = [];
  children = [];
});

afterEach(async () => {
  for (const child of children) child.kill('SIGKILL');
  await Promise.all(running.map((postgres) => postgres.stop()));
  rmSync(dataDirectory, { recursive: true, force: true });
});

async function start(options: { readonly port?: number } = {}): Promise<EmbeddedPostgres> {
  const postgres = await startEmbeddedPostgres({ dataDirectory, ...options });
  running.push(postgres);
  return postgres;
}

/** Another process with its database in the same folder. */
async function startProduct(): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', '-C', 'starling-source', PRODUCT, dataDirectory], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  children.push(child);
  const [line] = (await once(child.stdout, 'data')) as [Buffer];
  return { child, url: line.toString().trim() };
}

async function ask(url: string, sql: string): Promise<unknown[][]> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<unknown[]>({ text: sql, rowMode: 'array' });
    return rows;
  } finally {
    await client.end();
  }
}

const cluster = () => join(dataDirectory, 'postgres/cluster');
const problem = (name: string) => expect.objectContaining({ name: 'EmbeddedPostgresError', problem: name });

test('keeps what was written when it starts again', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  await first.stop();
  await expect(ask(first.url, 'SELECT 1')).rejects.toThrow('ECONNREFUSED');
  const second = await start();
  expect(await ask(second.url, 'SELECT answer FROM kept')).toEqual([[42]]);
});

test('speaks UTF-8, sorts by code point, knows the case of every alphabet', async () => {
  const { url } = await start();
  const [row] = await ask(url, `SELECT current_setting('server_encoding'), lower('ÄÑΩ'), 'Z' < 'a'`);
  expect(row).toEqual(['UTF8', 'äñω', true]);
});

test('is closed to whoever does not have the password, which only its account may read', async () => {
  const { url } = await start();
  const guess = new URL(url);
  guess.password = 'guess';
  await expect(ask(guess.href, 'SELECT 1')).rejects.toThrow('password authentication failed');
  expect(statSync(join(dataDirectory, 'postgres/password')).mode & 0o077).toBe(0);
  expect(await ask(url, 'SHOW listen_addresses')).toEqual([['127.0.0.1']]);
});

test('after kill -9 of the product, the next start finds what was committed', async () => {
  const { child, url } = await startProduct();
  await ask(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  child.kill('SIGKILL');
  await once(child, 'exit');
  const orphan = Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]);

  const next = await start();
  expect(await ask(next.url, 'SELECT answer FROM kept')).toEqual([[42]]);
  expect(Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0])).not.toBe(orphan);
});

test('after kill -9 of the product and of its database, the next start recovers', async () => {
  const { child, url } = await startProduct();
  await ask(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  child.kill('SIGKILL');
  process.kill(Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  await once(child, 'exit');

  const next = await start();
  expect(await ask(next.url, 'SELECT answer FROM kept')).toEqual([[42]]);
});

test('a database that is killed as it stops is not in the way of the next one', async () => {
  const { child, url } = await startProduct();
  await ask(url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  // While its parent does not run, nobody asks how it has ended, and the system still lists it.
  child.kill('SIGSTOP');
  rmSync(join(dataDirectory, 'in-use-by'));
  const orphan = Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]);

  const starting = start();
  process.kill(orphan, 'SIGKILL');
  expect(await ask((await starting).url, 'SELECT answer FROM kept')).toEqual([[42]]);
});

test('a killed database comes back on the port that it had', async () => {
  const first = await start();
  await ask(first.url, 'CREATE TABLE kept AS SELECT 42 AS answer');
  process.kill(first.pid, 'SIGKILL');
  await first.gone;
  await first.stop();

  const second = await start({ port: Number(new URL(first.url).port) });
  expect(second.url).toBe(first.url);
  expect(await ask(first.url, 'SELECT answer FROM kept')).toEqual([[42]]);
});

test('a folder belongs to one product at a time', async () => {
  const { child } = await startProduct();
  await expect(start()).rejects.toEqual(problem('LOCKED'));
  await expect(start()).rejects.toThrow(`${dataDirectory} is in use by the process ${child.pid}`);
});

test('another process finds the one that runs, and none when none does', async () => {
  expect(findEmbeddedPostgres(dataDirectory)).toBeUndefined();
  const { child, url } = await startProduct();
  expect(findEmbeddedPostgres(dataDirectory)).toBe(url);
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(findEmbeddedPostgres(dataDirectory)).toBeUndefined();
  await start();
});

test('tells when the server is gone', async () => {
  const { gone } = await start();
  process.kill(Number(readFileSync(join(cluster(), 'postmaster.pid'), 'utf8').split('\n')[0]), 'SIGKILL');
  expect(await gone).toEqual(problem('START'));
});

test('a process cannot start it twice', async () => {
  const first = await start();
  await expect(start()).rejects.toEqual(problem('LOCKED'));
  expect(await ask(first.url, 'SELECT 1')).toEqual([[1]]);
});

test('a lock whose number belongs to another process by now is taken over', async () => {
  writeFileSync(join(dataDirectory, 'in-use-by'), `${process.pid}\nan earlier boot/17\n`);
  const { url } = await start();
  expect(await ask(url, 'SELECT 1')).toEqual([[1]]);
});

test('a pid file whose number belongs to another process by now is no obstacle', async () => {
  const first = await start();
  await first.stop();
  writeFileSync(join(cluster(), 'postmaster.pid'), `${process.pid}\n${cluster()}\n1\n1\n\n127.0.0.1\n\nready\n`);
  const { url } = await start();
  expect(await ask(url, 'SELECT 1')).toEqual([[1]]);
});

test('a first start that was cut off is made good', async () => {
  mkdirSync(`${cluster()}.unfinished/global`, { recursive: true });
  writeFileSync(`${cluster()}.unfinished/PG_VERSION`, '18\n');
  writeFileSync(join(dataDirectory, 'postgres/password'), 'of the first attempt');
  const { url } = await start();
  expect(await ask(url, 'SELECT 1')).toEqual([[1]]);
  expect(existsSync(`${cluster()}.unfinished`)).toBe(false);
});

test('damage is told, and the folder is free afterwards', async () => {
  const first = await start();
  await first.stop();
  const control = join(cluster(), 'global/pg_control');
  const intact = readFileSync(control);
  writeFileSync(control, Buffer.alloc(intact.length));
  await expect(start()).rejects.toEqual(problem('BROKEN'));
  await expect(start()).rejects.toThrow('is damaged');
  writeFileSync(control, intact);
  await start();
});

test('a database of another version of PostgreSQL is told from a damaged one', async () => {
  const first = await start();
  await first.stop();
  writeFileSync(join(cluster(), 'PG_VERSION'), '17\n');
  await expect(start()).rejects.toThrow('was made by PostgreSQL 17');
});

test('a folder without its database files is damage, not a new beginning', async () => {
  const first = await start();
  await first.stop();
  rmSync(join(cluster(), 'pg_wal'), { recursive: true });
  await expect(start()).rejects.toEqual(problem('BROKEN'));
});

test('a file in the place of the folder is told', async () => {
  const path = join(dataDirectory, 'file');
  writeFileSync(path, '');
  await expect(startEmbeddedPostgres({ dataDirectory: path })).rejects.toEqual(problem('NO_PERMISSION'));
  await expect(startEmbeddedPostgres({ dataDirectory: join(path, 'below') })).rejects.toEqual(problem('NO_PERMISSION'));
});

test('works in a folder whose name has spaces and quotes', async () => {
  dataDirectory = join(dataDirectory, "it's a folder");
  mkdirSync(dataDirectory);
  chmodSync(dataDirectory, 0o700);
  const { url } = await start();
  expect(await ask(url, 'SELECT 1')).toEqual([[1]]);
});
