import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '@starling/platform/redis';
import { describe, expect, test } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { reachRedis, redisShapes } from '../../../tests/support/redis.ts';
import { redisSums } from '../src/sums/redis-sums.ts';
import { countingContract } from './counting.contract.ts';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

describe.each(redisShapes)('%s', (_, start) => {
  let redis: RedisConnection;
  let tweets: TestTweets;

  countingContract(async () => {
    const server = await start();
    redis = await reachRedis(server.url, randomUUID());
    const started = await startTweets({}, redis);
    tweets = {
      ...started,
      async stop() {
        await started.stop();
        await redis.close();
        await server.stop();
      },
    };
    return tweets;
  });

  test('TW-7: what happens comes into the sums by itself, and rows are written behind them', async () => {
    const sums = redisSums(redis);
    const author = await tweets.register();
    const tweetId = await tweets.post(author);
    let likes = 0;
    const like = async () => {
      likes += 1;
      const selection = 'tweet { id likeCount author { tweetCount } }';
      const { tweet } = await tweets.mutate<{ tweet: object }>(newId(), 'likeTweet', { tweetId }, selection);
      expect(tweet).toEqual({ id: tweetId, likeCount: likes, author: { tweetCount: 1 } });
    };
    const inSums = async () => (await sums.read([`t${tweetId}`]))?.sums.get(`t${tweetId}`)?.[0] ?? 0;
    await until('likes are in the sums', async () => {
      await like();
      return (await inSums()) > 1;
    });
    await tweets.eventLog.processAll();
    const { rows } = await tweets.database.pool.query('SELECT likes FROM tweets.tweet_counts WHERE tweet_id = $1', [
      tweetId,
    ]);
    expect(rows).toEqual([{ likes }]);
    await like();
  });
});
