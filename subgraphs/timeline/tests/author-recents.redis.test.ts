import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '@starling/platform/redis';
import { openRecentsCaches } from '@starling/timeline';
import { afterAll, beforeAll, describe } from 'vitest';
import { reachRedis, redisShapes, type TestRedis } from '../../../tests/support/redis.ts';
import { authorRecentsContract } from './author-recents.contract.ts';

describe.each(redisShapes)('recents of pulled authors, in %s', (_, start) => {
  let server: TestRedis;
  beforeAll(async () => {
    server = await start();
  });
  afterAll(() => server?.stop());

  authorRecentsContract(async () => {
    const namespace = randomUUID();
    const connections: RedisConnection[] = [];
    const connect = async () => {
      const redis = await reachRedis(server.url, namespace);
      connections.push(redis);
      return redis;
    };
    // The first member begins the epoch that the others join.
    const newest = 1n;
    return {
      isShared: true,
      async open() {
        const caches = openRecentsCaches(await connect());
        await caches.shared?.join(newest);
        return caches;
      },
      async stop() {
        await Promise.all(connections.map((redis) => redis.close()));
      },
    };
  });
});
