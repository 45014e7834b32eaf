import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { freePort } from '../../engines/processes.ts';
import { build } from '../../scripts/build.mjs';
import { type Product, post, register, runProduct, textOf } from './support/product.ts';

let dataDirectory: string;
let products: Product[];

beforeAll(() => build());

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'starling-processes-'));
  products = [];
});

afterEach(async () => {
  for (const { child } of products) child.kill('SIGTERM');
  await Promise.all(products.map(({ ended }) => ended));
  await rm(dataDirectory, { recursive: true, force: true });
});

function run(environment: Readonly<Record<string, string>> = {}): Product {
  const product = runProduct({
    shape: 'processes',
    environment: { DATA_DIR: dataDirectory, LOG_LEVEL: 'info', ...environment },
  });
  products.push(product);
  return product;
}

interface LogLine {
  readonly name: string;
  readonly msg: string;
  readonly url?: string;
  readonly pid?: number;
  readonly process?: string;
}

function log({ err }: Product): LogLine[] {
  return err()
    .split('\n')
    .filter((line) => line.startsWith('{') && line.endsWith('}'))
    .map((line) => JSON.parse(line) as LogLine);
}

/** Waits until a line is logged, looking again whenever something has been written. */
async function logged(product: Product, matches: (line: LogLine) => boolean): Promise<LogLine> {
  for (;;) {
    const found = log(product).find(matches);
    if (found) return found;
    await new Promise((resolve) => product.child.stderr?.once('data', resolve));
  }
}

test('seven processes are one product, one that dies comes back, and all of them stop', async () => {
  const product = run();
  const url = await product.ready;
  const token = await register(url, 'several');
  const tweetId = await post(url, token, 'Through seven processes');
  expect(await textOf(url, tweetId)).toBe('Through seven processes');

  const served = log(product).filter(({ msg }) => msg === 'a process serves');
  expect(served.map((line) => line.process).sort()).toEqual([
    'gateway',
    'notifications',
    'social-graph',
    'timeline',
    'tweets',
    'users',
    'worker',
  ]);
  const tweets = served.find((line) => line.process === 'tweets');
  const direct = await fetch(`${tweets?.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query: '{ __typename }' }),
  });
  expect(direct.status).toBe(401);

  process.kill(tweets?.pid as number, 'SIGKILL');
  const again = await logged(product, ({ msg }) => msg === 'a process serves again');
  expect(again).toMatchObject({ process: 'tweets', url: tweets?.url });
  expect(await textOf(url, tweetId)).toBe('Through seven processes');

  product.child.kill('SIGTERM');
  // Every process holds the other end of this pipe: it is closed when the last of them has ended.
  expect(await product.ended).toBe(0);
  await expect(fetch(`${tweets?.url}/healthz`)).rejects.toThrow('fetch failed');
  const drained = log(product).filter(({ msg }) => msg === 'drained');
  expect(drained.map(({ name }) => name).sort()).toEqual([
    'gateway',
    'launcher',
    'notifications',
    'social-graph',
    'timeline',
    'tweets',
    'users',
    'worker',
  ]);
});

test('when the launcher is killed, its processes end, and the next start finds what was acknowledged', async () => {
  const first = run();
  const token = await register(await first.ready, 'several');
  const tweetId = await post(await first.ready, token, 'Acknowledged');
  first.child.kill('SIGKILL');
  await first.ended;
  expect(log(first).filter(({ msg }) => msg === 'drained')).toHaveLength(7);

  const second = run();
  expect(await textOf(await second.ready, tweetId)).toBe('Acknowledged');
});

test('a process that cannot start says why, and ends the launcher and the processes that did start', async () => {
  // Each is free; only the gateway finds that it cannot have both.
  const port = await freePort();
  const product = run({ PORT: String(port), METRICS_PORT: String(port) });
  expect(await product.ended).toBe(1);
  expect(product.err()).toContain(
    `Port ${port} of 127.0.0.1 is in use. Stop what uses it, or set METRICS_PORT to another port, such as METRICS_PORT=${port + 1}.\n`,
  );
  expect(product.err()).toContain('The process "gateway" did not start: what it says above is why.\n');
  const served = log(product).filter(({ msg }) => msg === 'a process serves');
  const others = ['notifications', 'social-graph', 'timeline', 'tweets', 'users', 'worker'];
  expect(served.map((line) => line.process).sort()).toEqual(others);
  const drained = log(product).filter(({ msg }) => msg === 'drained');
  expect(drained.map(({ name }) => name).sort()).toEqual(others);
});

test('an address that this machine does not have is told, before anything is started', async () => {
  const product = run({ HOST: '203.0.113.1' });
  expect(await product.ended).toBe(1);
  expect(product.err()).toContain('This machine has no address 203.0.113.1. Correct HOST.');
  expect(product.out()).toBe('');
});
