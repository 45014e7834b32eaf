import { Cluster } from 'ioredis';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { startTestCluster, type TestRedis } from '../support/redis.ts';

let redis: TestRedis;
let cluster: Cluster;

beforeAll(async () => {
  redis = await startTestCluster();
  cluster = new Cluster(redis.url.split(','), { clusterRetryStrategy: () => 100 });
});

afterAll(async () => {
  cluster.disconnect();
  await redis.stop();
});

const keys = Array.from({ length: 30 }, (_, index) => `key ${index}`);
/** Clients are refused for as long as nobody serves the killed master's slots. */
const writeAll = (value: string) =>
  until(`"${value}" is written`, async () => {
    await Promise.all(keys.map((key) => cluster.set(key, value)));
    return true;
  });
const readAll = () => Promise.all(keys.map((key) => cluster.get(key)));

test('a cluster serves every slot, also when a master was killed, and takes it back', async () => {
  await writeAll('before');
  await redis.kill();
  await writeAll('without');
  expect(await readAll()).toEqual(keys.map(() => 'without'));
  await redis.recover();
  await writeAll('after');
  expect(await readAll()).toEqual(keys.map(() => 'after'));
});
