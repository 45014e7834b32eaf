import { Redis } from 'ioredis';
import { expect } from 'vitest';
import { redisShapes, startOnRedis } from '../support/redis.ts';
import { startStarling } from '../support/starling.ts';
import { oracleOf, PUSH_FOLLOWER_LIMIT } from './oracle.ts';

/** What the engine could change is found soon, or by `ORACLE_RUNS`. */
const RUNS = 3;

/** `starling:`, the database's identity, what it is, and the version of its form. */
const KEY = /^starling:\d+\.\d+:(entities|homes|authors|activity|count-sums):v\d+:/;

/** Whatever the product has left in Redis says whose and what it is, and goes by itself. */
async function checkKeys(urls: string): Promise<void> {
  const kinds = new Set<string>();
  for (const url of urls.split(',')) {
    // Of a Cluster replicas are asked, too.
    const redis = new Redis(url, { readOnly: true });
    for await (const found of redis.scanStream({ count: 1_000 })) {
      for (const key of found as string[]) {
        expect(key).toMatch(KEY);
        // Gone meanwhile (-2) is gone by itself; -1 would stay for ever.
        expect(await redis.pttl(key), key).not.toBe(-1);
        kinds.add(KEY.exec(key)?.[1] ?? '');
      }
    }
    redis.disconnect();
  }
  // Sums of counts are made beside what is read, in their own time.
  kinds.delete('count-sums');
  expect([...kinds].toSorted()).toEqual(['authors', 'entities', 'homes']);
}

for (const [shape] of redisShapes) {
  oracleOf(
    `the oracle, on ${shape}`,
    () =>
      startOnRedis(shape, async (redisUrl) => {
        const starling = await startStarling({
          shape: 'one-process',
          redisUrl,
          pushFollowerLimit: PUSH_FOLLOWER_LIMIT,
        });
        return {
          ...starling,
          async stop() {
            await checkKeys(redisUrl).finally(() => starling.stop());
          },
        };
      }),
    RUNS,
  );
}
