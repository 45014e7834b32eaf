import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { createEmptyDatabase } from '../../tests/support/database.ts';
import { get, type Product, type ProductOptions, post, register, runProduct, textOf } from './support/product.ts';

let dataDirectory: string;
let products: Product[];

beforeAll(() => build());

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'starling-product-'));
  products = [];
});

afterEach(async () => {
  for (const { child } of products) child.kill('SIGTERM');
  await Promise.all(products.map(({ ended }) => ended));
  await rm(dataDirectory, { recursive: true, force: true });
});

function run(environment: ProductOptions['environment'] = {}): Product {
  const product = runProduct({ environment: { DATA_DIR: dataDirectory, ...environment } });
  products.push(product);
  return product;
}

async function stop(product: Product, signal: NodeJS.Signals = 'SIGINT'): Promise<number | null> {
  product.child.kill(signal);
  return product.ended;
}

/** The process number of the embedded PostgreSQL; undefined when there is none. */
function postgresPid(): number | undefined {
  try {
    return Number(readFileSync(join(dataDirectory, 'postgres/cluster/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return undefined;
  }
}

test('the first start makes a community, the second finds it, and Ctrl-C stops everything', async () => {
  const first = run({ DEMO_DATA: 'on' });
  const url = await first.ready;
  const [, username, password] = /^demo login: (\S+) \/ (.+)$/m.exec(first.out()) ?? [];
  const logIn = `mutation ($input: LogInInput!) { logIn(input: $input) { tokens { accessToken } } }`;
  const data = await get<{ logIn: { tokens: { accessToken: string } } }>(url, logIn, {
    input: { login: username, password },
  });
  const token = data.logIn.tokens.accessToken;
  const home = await get<{ homeTimeline: { nodes: object[] } }>(
    url,
    '{ homeTimeline(first: 100) { nodes { id } } }',
    {},
    token,
  );
  expect(home.homeTimeline.nodes).toHaveLength(100);
  const tweetId = await post(url, token, 'Hello from the first start');

  expect(await stop(first)).toBe(0);
  expect(postgresPid()).toBeUndefined();
  await expect(fetch(url)).rejects.toThrow('fetch failed');
  expect(first.err()).toBe('');

  const second = run({ DEMO_DATA: 'on' });
  const secondUrl = await second.ready;
  expect(await textOf(secondUrl, tweetId)).toBe('Hello from the first start');
  expect(second.out()).toContain(`demo login: ${username} / ${password}`);
  expect(await stop(second, 'SIGTERM')).toBe(0);
});

test('after kill -9 the next start finds everything that was acknowledged', async () => {
  const first = run();
  const url = await first.ready;
  const token = await register(url, 'survivor');
  const ids = await Promise.all(Array.from({ length: 20 }, (_, n) => post(url, token, `Acknowledged ${n}`)));
  expect(await stop(first, 'SIGKILL')).toBeNull();
  expect(postgresPid()).toBeDefined();

  const second = run();
  const texts = await Promise.all(ids.map(async (id) => textOf(await second.ready, id)));
  expect(texts).toEqual(ids.map((_, n) => `Acknowledged ${n}`));
  const counts = await get<{ userByUsername: { tweetCount: number } }>(
    await second.ready,
    '{ userByUsername(username: "survivor") { tweetCount } }',
  );
  expect(counts.userByUsername.tweetCount).toBe(20);
});

test('told to stop while it starts, it leaves nothing running', async () => {
  const product = run();
  await new Promise((resolve) => product.child.stdout?.once('data', resolve));
  expect(product.out()).toBe('PostgreSQL: making a new database\n');
  expect(await stop(product)).toBe(0);
  expect(postgresPid()).toBeUndefined();
  expect(product.err()).toBe('');
  const next = run();
  expect(await next.ready).toMatch(/^http/);
});

test('the end of its PostgreSQL is the end of the product', async () => {
  const product = run();
  await product.ready;
  process.kill(postgresPid() as number, 'SIGKILL');
  expect(await product.ended).toBe(1);
  expect(product.err()).toContain(`The PostgreSQL of ${dataDirectory} has ended by itself.`);
});

test('a port in use is told, before anything is started', async () => {
  const other = createServer();
  await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
  const { port } = other.address() as { port: number };
  const product = run({ PORT: String(port) });
  expect(await product.ended).toBe(1);
  expect(product.err()).toBe(
    `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or set PORT to another port, such as PORT=${port + 1}.\n`,
  );
  expect(product.out()).toBe('');
  await new Promise((resolve) => other.close(resolve));
});

test('a data directory in use is told, and its owner goes on', async () => {
  const first = run();
  const url = await first.ready;
  const second = run();
  expect(await second.ended).toBe(1);
  expect(second.err()).toBe(
    `${dataDirectory} is in use by the process ${first.child.pid}. Stop it, or set DATA_DIR to another folder.\n`,
  );
  expect(await get(url, '{ __typename }')).toEqual({ __typename: 'Query' });
});

test('a damaged data directory is told', async () => {
  const first = run();
  await first.ready;
  await stop(first);
  const control = join(dataDirectory, 'postgres/cluster/global/pg_control');
  writeFileSync(control, Buffer.alloc(readFileSync(control).length));
  const second = run();
  expect(await second.ended).toBe(1);
  expect(second.err()).toContain(`The database in ${dataDirectory} is damaged and cannot start. Restore it`);
  rmSync(control);
  const third = run();
  expect(await third.ended).toBe(1);
  expect(third.err()).toContain(`The database in ${dataDirectory} is damaged and cannot start. Restore it`);
});

test('a data directory that cannot be one is told', async () => {
  const file = join(dataDirectory, 'file');
  writeFileSync(file, '');
  const product = run({ DATA_DIR: file });
  expect(await product.ended).toBe(1);
  expect(product.err()).toBe(`${file} is not a folder. Set DATA_DIR to a folder that this user may write.\n`);
});

test('runs on a PostgreSQL that it did not start, which it leaves running', async () => {
  const database = await createEmptyDatabase();
  const first = run({ DATABASE_URL: database.url });
  const token = await register(await first.ready, 'elsewhere');
  const tweetId = await post(await first.ready, token, 'Kept in a database of its own');
  expect(await stop(first)).toBe(0);
  expect(postgresPid()).toBeUndefined();

  const second = run({ DATABASE_URL: database.url });
  expect(await textOf(await second.ready, tweetId)).toBe('Kept in a database of its own');
  expect(await stop(second)).toBe(0);
  await database.drop();
});

test('a DATABASE_URL that nothing answers at is told, without its password', async () => {
  const product = run({ DATABASE_URL: 'postgres://me:hunter2@127.0.0.1:1/starling' });
  expect(await product.ended).toBe(1);
  expect(product.err()).toBe(
    'No PostgreSQL answers at DATABASE_URL (postgres://me@127.0.0.1:1/starling): ECONNREFUSED. ' +
      'Start it, or correct the address.\n',
  );
});

test('a DATABASE_URL of a database that there is not is told', async () => {
  const database = await createEmptyDatabase();
  await database.drop();
  const product = run({ DATABASE_URL: database.url });
  expect(await product.ended).toBe(1);
  expect(product.err()).toMatch(/^PostgreSQL at DATABASE_URL \(.*\) refuses: database ".*" does not exist\. Correct/);
});

test('a variable that cannot be used is named', async () => {
  const product = run({ PORT: 'http', DEMO_DATA: 'maybe' });
  expect(await product.ended).toBe(1);
  expect(product.err()).toBe('PORT must be a port number from 0 to 65535\nDEMO_DATA must be on or off\n');
});
