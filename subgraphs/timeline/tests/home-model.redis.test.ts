import { randomUUID } from 'node:crypto';
import { openRecentsCaches, redisTimelineCache } from '@starling/timeline';
import { reachRedis, redisShapes } from '../../../tests/support/redis.ts';
import { HOMES, homeModel, RECENTS } from './home-model.contract.ts';
import { heldCache } from './support/held-cache.ts';

for (const [shape, start] of redisShapes) {
  homeModel(
    `homes, cached by two processes in ${shape}`,
    async () => {
      const server = await start();
      const namespace = randomUUID();
      const open = async () => {
        const redis = await reachRedis(server.url, namespace);
        const { local, shared } = openRecentsCaches(redis, RECENTS);
        const caches = {
          homes: heldCache(redisTimelineCache({ redis, ...HOMES })),
          recents: { local: heldCache(local), shared },
        };
        return { caches, redis };
      };
      const [first, second] = [await open(), await open()];
      return {
        processes: [first.caches, second.caches],
        async stop() {
          await Promise.all([first.redis.close(), second.redis.close()]);
          await server.stop();
        },
      };
    },
    6,
  );
}
