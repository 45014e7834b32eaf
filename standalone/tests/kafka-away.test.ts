import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { get, type Product, post, register, runProduct } from './support/product.ts';

let dataDirectory: string;
let product: Product;

beforeAll(() => build());

beforeEach(async () => {
  dataDirectory = await mkdtemp(join(tmpdir(), 'starling-product-'));
});

afterEach(async () => {
  product.child.kill('SIGTERM');
  await product.ended;
  await rm(dataDirectory, { recursive: true, force: true });
});

test('with Kafka away the product starts, a post is acknowledged and seen at once, and the log names KAFKA_BROKERS', async () => {
  const environment = { DATA_DIR: dataDirectory, KAFKA_BROKERS: '127.0.0.1:9', LOG_LEVEL: 'error' };
  product = runProduct({ environment });
  const url = await product.ready;
  const token = await register(url, 'author');
  const tweetId = await post(url, token, 'Written without Kafka');
  const home = await get<{ homeTimeline: { nodes: object[] } }>(
    url,
    '{ homeTimeline(first: 1) { nodes { id } } }',
    {},
    token,
  );
  expect(home.homeTimeline.nodes).toEqual([{ id: tweetId }]);
  product.child.kill('SIGINT');
  expect(await product.ended).toBe(0);
  expect(product.out() + product.err()).toContain('cannot go on with Kafka at KAFKA_BROKERS=127.0.0.1:9');
});

test('addresses that are none stop the start with a line that names KAFKA_BROKERS', async () => {
  product = runProduct({ environment: { DATA_DIR: dataDirectory, KAFKA_BROKERS: 'kafka://somewhere' } });
  // It never gets ready.
  product.ready.catch(() => {});
  expect(await product.ended).toBe(1);
  expect(product.out() + product.err()).toContain('KAFKA_BROKERS must be addresses such as host:9092');
});

test('a PostgreSQL that cannot feed Kafka stops the start with a line that says what to set', async () => {
  const postgres = await startEmbeddedPostgres({ dataDirectory, settings: { wal_level: 'replica', fsync: 'off' } });
  product = runProduct({ environment: { DATABASE_URL: postgres.url, KAFKA_BROKERS: '127.0.0.1:9' } });
  expect(await product.ended).toBe(1);
  await postgres.stop();
  expect(product.err()).toContain('The PostgreSQL at DATABASE_URL cannot feed the Kafka at KAFKA_BROKERS.');
  expect(product.err()).toContain('It has wal_level=replica: set wal_level=logical there, and restart it.');
});
