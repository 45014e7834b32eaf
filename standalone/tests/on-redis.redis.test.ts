import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@starling/platform/postgres/embedded';
import { afterEach, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import { freePort, until } from '../../engines/processes.ts';
import { askRedis, spawnRedis } from '../../engines/redis-server.ts';
import { build } from '../../scripts/build.mjs';
import { startTestCluster, startTestRedis, type TestRedis } from '../../tests/support/redis.ts';
import { get, type Product, type ProductOptions, post, register, runProduct } from './support/product.ts';

// Products are started, servers killed and started again.
vi.setConfig({ testTimeout: 120_000 });

let directory: string;
let products: Product[];
let servers: { stop(): Promise<void> }[];

beforeAll(() => build());

beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'starling-on-redis-'));
  products = [];
  servers = [];
});

afterEach(async () => {
  for (const { child } of products) child.kill('SIGTERM');
  await Promise.all(products.map(({ ended }) => ended));
  await Promise.all(servers.map((server) => server.stop()));
  await rm(directory, { recursive: true, force: true });
});

function run(
  redisUrl: string,
  shape: ProductOptions['shape'] = 'main',
  more: ProductOptions['environment'] = {},
): Product {
  const environment = { DATA_DIR: join(directory, 'data'), REDIS_URL: redisUrl, ...more };
  const product = runProduct({ shape, environment });
  products.push(product);
  return product;
}

function started<Server extends TestRedis>(server: Server): Server {
  servers.push(server);
  return server;
}

const readiness = async (url: string) => (await fetch(`${url}/readyz`)).status;

async function startOn(port: number, password?: string): Promise<void> {
  const server = spawnRedis(directory, port, password === undefined ? [] : ['--requirepass', password]);
  servers.push({
    async stop() {
      process.kill(server.pid, 'SIGKILL');
      await until('Redis has ended', async () => !isAlive(server.pid));
    },
  });
  const options = password === undefined ? {} : { password };
  await until('Redis answers', async () => (await askRedis(port, (redis) => redis.ping(), options)) === 'PONG');
}

test('an address of something else is told', async () => {
  const cluster = started(await startTestCluster());
  const [one = '', another = ''] = cluster.url.split(',');
  const single = started(await startTestRedis());
  for (const [url, told] of [
    ['127.0.0.1:6379', 'REDIS_URL must be an address such as redis://'],
    [one, 'names a node of a Redis Cluster'],
    [`${single.url},${another}`, 'no Redis Cluster is at'],
  ] as const) {
    const product = run(url);
    expect(await product.ended).toBe(1);
    expect(product.err()).toContain('REDIS_URL');
    expect(product.err()).toContain(told);
  }
});

test('a Redis that is not there yet is waited for, and the product serves meanwhile', async () => {
  const port = await freePort();
  const product = run(`redis://127.0.0.1:${port}`);
  const url = await product.ready;
  expect(product.out() + product.err()).toContain('No Redis answers at REDIS_URL');
  expect(await readiness(url)).toBe(503);
  const token = await register(url, 'early');
  await post(url, token, 'before Redis');
  await startOn(port);
  await until('the product is ready', async () => (await readiness(url)) === 200);
  expect(await homeOf(url, token)).toEqual(['before Redis']);
});

test('of separate processes those that use the Redis are not ready before it is there; the gateway uses none', async () => {
  const port = await freePort();
  const product = run(`redis://127.0.0.1:${port}`, 'processes', { LOG_LEVEL: 'info' });
  const gateway = await product.ready;
  const token = await register(gateway, 'early');
  const lines = product
    .err()
    .split('\n')
    .filter((line) => line.startsWith('{'));
  const serving = lines.map((line) => JSON.parse(line)).filter(({ msg }) => msg === 'serving');
  const subgraphs = serving.map(({ url }) => String(url)).filter((url) => url !== gateway);
  expect(subgraphs).toHaveLength(5);
  const all = () => Promise.all(subgraphs.map(readiness));
  expect(await all()).toEqual([503, 503, 503, 503, 503]);
  expect(await readiness(gateway)).toBe(200);
  await post(gateway, token, 'before Redis');
  expect(await homeOf(gateway, token)).toEqual(['before Redis']);
  await startOn(port);
  await until('every subgraph is ready', async () => (await all()).every((status) => status === 200));
});

async function homeOf(url: string, token: string): Promise<string[]> {
  const data = await get<{ homeTimeline: { nodes: { text: string }[] } }>(
    url,
    '{ homeTimeline(first: 50) { nodes { text author { displayName } } } }',
    {},
    token,
  );
  return data.homeTimeline.nodes.map(({ text }) => text);
}

test.each([
  ['one Redis', startTestRedis],
  ['a Redis Cluster', startTestCluster],
])('pages stay right and writes go on while %s is away, and when it is back', async (_, start) => {
  const redis = started(await start());
  const product = run(redis.url);
  const url = await product.ready;
  const token = await register(url, 'writer');
  const written: string[] = [];
  const write = async (text: string) => {
    await post(url, token, text);
    written.unshift(text);
    expect(await homeOf(url, token)).toEqual(written);
  };
  const rename = async (displayName: string) => {
    const mutation = `mutation ($displayName: String!) {
      updateProfile(input: { displayName: $displayName }) { userErrors { code } }
    }`;
    await get(url, mutation, { displayName }, token);
    const data = await get<{ userByUsername: { displayName: string } }>(
      url,
      '{ userByUsername(username: "writer") { displayName } }',
      {},
      token,
    );
    expect(data.userByUsername.displayName).toBe(displayName);
  };
  await write('with Redis');
  await rename('First');
  await redis.kill();
  for (let number = 0; number < 5; number++) await write(`without ${number}`);
  await rename('Second');
  expect(await readiness(url)).toBe(200);
  await redis.recover();
  for (let number = 0; number < 10; number++) {
    await write(`back ${number}`);
    await rename(`Third ${number}`);
  }
});
