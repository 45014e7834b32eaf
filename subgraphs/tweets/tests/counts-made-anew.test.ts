import { createPostgresEventLog } from '@starling/platform/event-log';
import type { SubgraphRunner } from '@starling/platform/subgraph-server';
import { rebuildCounts } from '@starling/tweets';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let runners: SubgraphRunner[];
beforeAll(async () => {
  tweets = await startTweets();
  runners = [tweets.runner, (await tweets.startAnother()).runner];
});
afterAll(() => tweets.stop());

const nobody = { viewer: null, requestId: 'test' };
const TWEET = 'query ($id: ID!) { tweet(id: $id) { author { tweetCount } replies { nodes { id likeCount } } } }';
const WATCH = `subscription ($id: ID!) {
  tweetUpdates(tweetId: $id) { ... on TweetCountsChanged { tweet { id likeCount } } }
}`;

async function rebuild(): Promise<void> {
  const eventLog = createPostgresEventLog({ url: tweets.database.url });
  try {
    await rebuildCounts({ database: tweets.database, eventLog });
  } finally {
    await eventLog.stop();
  }
}

test('TW-7: what processes remember of counts that were wrong is forgotten when they are made anew', async () => {
  const [author, fan] = [await tweets.register(), await tweets.register()];
  const id = await tweets.post(author);
  const liked = await tweets.post(author, { replyToTweetId: id });
  const other = await tweets.post(author, { replyToTweetId: id });
  await tweets.mutate(fan, 'likeTweet', { tweetId: liked });
  await tweets.eventLog.processAll();
  await tweets.database.pool.query('UPDATE tweets.tweet_counts SET likes = likes + 3 WHERE tweet_id = $1', [other]);
  await tweets.database.pool.query('UPDATE tweets.author_counts SET tweets = tweets + 7 WHERE user_id = $1', [author]);

  const read = () =>
    Promise.all(
      runners.map(async (runner) => (await runner.execute({ query: TWEET, variables: { id } }, nobody)).data),
    );
  const seen = (tweetCount: number, ...nodes: (readonly [string, number])[]) => ({
    tweet: { author: { tweetCount }, replies: { nodes: nodes.map(([node, likeCount]) => ({ id: node, likeCount })) } },
  });
  const wrong = seen(10, [other, 3], [liked, 1]);
  const right = seen(3, [liked, 1], [other, 0]);
  expect(await read()).toEqual([wrong, wrong]);
  const streams = await Promise.all(runners.map((runner) => tweets.watch(null, WATCH, { id: other }, runner)));

  await rebuild();
  expect(await read()).toEqual([right, right]);
  for (const stream of streams) {
    if (!(Symbol.asyncIterator in stream)) throw new Error(JSON.stringify(stream));
    const { value } = await stream.next();
    expect(value?.data).toEqual({ tweetUpdates: { tweet: { id: other, likeCount: 0 } } });
    await stream.return();
  }
});
