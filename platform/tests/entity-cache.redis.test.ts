import { randomUUID } from 'node:crypto';
import { createRedisEntityCache } from '@starling/platform/cache';
import { type RedisConnection, script } from '@starling/platform/redis';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { until } from '../../engines/processes.ts';
import { reachRedis, redisShapes, type TestRedis } from '../../tests/support/redis.ts';
import { entityCacheKeys } from '../src/redis/keys.ts';
import { entityCacheContract } from './entity-cache.contract.ts';

describe.each(redisShapes)('%s', (shape, start) => {
  let server: TestRedis;
  let redis: RedisConnection;
  const connect = () => reachRedis(server.url);

  beforeAll(async () => {
    server = await start();
    redis = await connect();
  });

  afterAll(async () => {
    await redis?.close();
    await server?.stop();
  });

  /** The connection under another name. */
  const named = (connection: RedisConnection, namespace: string): RedisConnection =>
    Object.create(connection, { namespace: { value: namespace } }) as RedisConnection;
  const open = (connection = redis, namespace: string = randomUUID()) =>
    createRedisEntityCache({ redis: named(connection, namespace), ttlMs: 60_000 });

  entityCacheContract(shape, () => open());

  describe('between processes', () => {
    const two = async () => {
      const namespace = randomUUID();
      const other = await connect();
      const caches = [open(redis, namespace), open(other, namespace)] as const;
      // Each begins an epoch at its first look-up.
      for (const cache of caches) await cache.lookUp([]);
      return { caches, close: () => other.close() };
    };

    test('what one fills the other finds, and what one deletes the other does not', async () => {
      const { caches, close } = await two();
      await (await caches[0].lookUp(['k'])).fill([['k', { a: 1 }]]);
      expect((await caches[1].lookUp(['k'])).found).toEqual([{ a: 1 }]);
      await caches[1].deleteMany(['k']);
      expect((await caches[0].lookUp(['k'])).found).toEqual([undefined]);
      await close();
    });

    test('a fill does not bring back what another process deleted meanwhile', async () => {
      const { caches, close } = await two();
      const early = await caches[0].lookUp(['k', 'l']);
      await caches[1].deleteMany(['k']);
      await early.fill([
        ['k', 'old'],
        ['l', 'kept'],
      ]);
      expect((await caches[1].lookUp(['k', 'l'])).found).toEqual([undefined, 'kept']);
      await close();
    });

    test('what one forgets is forgotten by all', async () => {
      const { caches, close } = await two();
      await (await caches[0].lookUp(['k'])).fill([['k', 1]]);
      const early = await caches[0].lookUp(['l']);
      await caches[1].clear();
      await early.fill([['l', 'old']]);
      expect((await caches[0].lookUp(['k', 'l'])).found).toEqual([undefined, undefined]);
      await close();
    });
  });

  // Redis drops what it likes when it is full.
  test.each(['lease', 'tombstone', 'epoch'])(
    'a fill brings back nothing that is old when the %s was dropped',
    async (what) => {
      const namespace = randomUUID();
      const cache = open(redis, namespace);
      const keys = entityCacheKeys(namespace);
      const dropKey = (key: string) => redis.run(script(`return redis.call('DEL', KEYS[1])`), [key], []);
      const early = await cache.lookUp(['a']);
      if (what === 'lease') expect(await dropKey(keys.entity('a'))).toBe(1);
      await cache.deleteMany(['a', 'b']);
      if (what === 'tombstone') for (const key of ['a', 'b']) expect(await dropKey(keys.entity(key))).toBe(1);
      if (what === 'epoch') expect(await dropKey(keys.epoch)).toBe(1);
      await early.fill([
        ['a', 'old'],
        ['b', 'old'],
      ]);
      expect((await cache.lookUp(['a', 'b'])).found).toEqual([undefined, undefined]);
    },
  );

  test('a server that dies answers nothing wrong: what it missed is not believed afterwards', async () => {
    const cache = open();
    const keys = Array.from({ length: 40 }, (_, index) => `k${index}`);
    const put = async (value: string) => (await cache.lookUp(keys)).fill(keys.map((key) => [key, value]));
    await put('old');
    expect((await cache.lookUp(keys)).found).toEqual(keys.map(() => 'old'));
    await server.kill();
    // Whether or not somebody is there to be told.
    await cache.deleteMany(keys);
    expect((await cache.lookUp(keys)).found).toEqual(keys.map(() => undefined));
    await server.recover();
    await until('the cache keeps values again', async () => {
      const { found, fill } = await cache.lookUp<string>(keys);
      expect(found).not.toContain('old');
      await fill(keys.map((key) => [key, 'new']));
      return found.every((value) => value === 'new');
    });
  });
});
