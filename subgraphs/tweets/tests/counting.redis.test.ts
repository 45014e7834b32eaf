import { randomUUID } from 'node:crypto';
import { describe } from 'vitest';
import { reachRedis, redisShapes } from '../../../tests/support/redis.ts';
import { countingContract } from './counting.contract.ts';
import { startTweets } from './support/tweets.ts';

describe.each(redisShapes)('%s', (_, start) => {
  countingContract(async () => {
    const server = await start();
    const redis = await reachRedis(server.url, randomUUID());
    const tweets = await startTweets({}, redis);
    return {
      ...tweets,
      async stop() {
        await tweets.stop();
        await redis.close();
        await server.stop();
      },
    };
  });
});
