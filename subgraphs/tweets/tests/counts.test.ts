import { afterAll, beforeAll, expect, test } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;

beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());

const COUNTS = 'likeCount retweetCount replyCount quoteCount bookmarkCount';

const tweetCountOf = async (userId: string) => {
  const [user] = await tweets.entities<{ tweetCount: number }>(null, 'User', [{ id: userId }], 'tweetCount');
  return user?.tweetCount;
};

/** All counts as the tables that others write say them. */
const truth = async () => {
  const { rows } = await tweets.database.pool.query(`
    SELECT tweet.id,
      (SELECT count(*) FROM tweets.likes WHERE tweet_id = tweet.id)::int AS likes,
      (SELECT count(*) FROM tweets.retweets WHERE tweet_id = tweet.id)::int AS retweets,
      (SELECT count(*) FROM tweets.bookmarks WHERE tweet_id = tweet.id)::int AS bookmarks,
      (SELECT count(*) FROM tweets.tweets WHERE reply_to_tweet_id = tweet.id AND deleted_at IS NULL)::int AS replies,
      (SELECT count(*) FROM tweets.tweets WHERE quoted_tweet_id = tweet.id AND deleted_at IS NULL)::int AS quotes
    FROM tweets.tweets AS tweet WHERE deleted_at IS NULL ORDER BY id`);
  return rows;
};

const counted = async () => {
  const { rows } = await tweets.database.pool.query(`
    SELECT tweet.id, coalesce(likes, 0) AS likes, coalesce(retweets, 0) AS retweets,
      coalesce(bookmarks, 0) AS bookmarks, coalesce(replies, 0) AS replies, coalesce(quotes, 0) AS quotes
    FROM tweets.tweets AS tweet LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = tweet.id
    WHERE deleted_at IS NULL ORDER BY id`);
  return rows;
};

test('an account counts its tweets, answers and quotes, not its retweets nor what is deleted', async () => {
  const [author, other] = [await tweets.register(), await tweets.register()];
  expect(await tweetCountOf(author)).toBe(0);
  const first = await tweets.post(author);
  await tweets.post(author, { replyToTweetId: first });
  await tweets.post(author, { quotedTweetId: first });
  await tweets.mutate(author, 'retweet', { tweetId: await tweets.post(other) });
  expect(await tweetCountOf(author)).toBe(3);
  await tweets.mutate(author, 'deleteTweet', { tweetId: first });
  expect(await tweetCountOf(author)).toBe(2);
});

test('counts are what the tables say, however often the events are delivered', async () => {
  const people = [await tweets.register(), await tweets.register(), await tweets.register()];
  const ids: string[] = [];
  for (const [index, person] of people.entries()) {
    const previous = ids.at(-1);
    ids.push(await tweets.post(person, previous === undefined ? {} : { replyToTweetId: previous }));
    ids.push(await tweets.post(person, { quotedTweetId: ids[0] as string }));
    for (const liker of people.slice(index)) {
      await tweets.mutate(liker, 'likeTweet', { tweetId: ids.at(-1) });
      await tweets.mutate(liker, 'retweet', { tweetId: ids.at(-2) });
      await tweets.mutate(liker, 'bookmarkTweet', { tweetId: ids.at(-2) });
    }
  }
  await tweets.mutate(people[0] as string, 'undoRetweet', { tweetId: ids[0] });
  await tweets.mutate(people[2] as string, 'deleteTweet', { tweetId: ids.at(-1) });
  await tweets.eventLog.processAll();
  const before = await counted();
  expect(before).toEqual(await truth());

  for (const group of ['tweets.counts', 'tweets.copies', 'tweets.erasure']) {
    await redeliverForTests(tweets.database, group);
  }
  await tweets.eventLog.processAll();
  expect(await counted()).toEqual(before);
});

test('thousands of events at once are counted in statements of their number of batches, not of theirs', async () => {
  const author = newId();
  const root = newId('tweet');
  await tweets.importTweets([{ id: root, authorId: author }]);
  await tweets.eventLog.processAll();
  const answers = Array.from({ length: 3_000 }, () => ({
    id: newId('tweet'),
    authorId: author,
    conversationId: root,
    answers: { tweetId: root, authorId: author },
  }));
  const statements = await tweets.statementsOf(async () => {
    await tweets.importTweets(answers);
    await tweets.eventLog.processAll();
  });
  expect(statements.length).toBeLessThan(60);
  expect(await tweets.tweet(null, root, 'replyCount')).toEqual({ replyCount: answers.length });
  expect(await tweetCountOf(author)).toBe(answers.length + 1);
});

test('the payload of a change shows the count that the change made', async () => {
  const [author, reader] = [await tweets.register(), await tweets.register()];
  const tweetId = await tweets.post(author);
  for (const [name, selection, expected] of [
    ['likeTweet', COUNTS, { likeCount: 1 }],
    ['retweet', COUNTS, { likeCount: 1, retweetCount: 1 }],
    ['bookmarkTweet', COUNTS, { bookmarkCount: 1 }],
  ] as const) {
    const { tweet } = await tweets.mutate(reader, name, { tweetId }, `tweet { id ${selection} }`);
    expect(tweet).toMatchObject(expected);
  }
  const quoting = { text: 'a', quotedTweetId: tweetId };
  const { tweet } = await tweets.mutate(
    reader,
    'postTweet',
    quoting,
    `tweet { id quoted { ... on Tweet { quoteCount } } author { tweetCount } }`,
  );
  expect(tweet).toMatchObject({ quoted: { quoteCount: 1 }, author: { tweetCount: 1 } });
});

test('several changes in one request each see what came before', async () => {
  const [author, reader] = [await tweets.register(), await tweets.register()];
  const tweetId = await tweets.post(author);
  const data = await tweets.get(
    reader,
    `mutation ($input: LikeTweetInput!, $undo: UnlikeTweetInput!) {
      first: likeTweet(input: $input) { tweet { likeCount viewer { hasLiked } } }
      second: unlikeTweet(input: $undo) { tweet { likeCount viewer { hasLiked } } }
      third: likeTweet(input: $input) { tweet { likeCount viewer { hasLiked } } }
    }`,
    { input: { tweetId }, undo: { tweetId } },
  );
  const liked = { tweet: { likeCount: 1, viewer: { hasLiked: true } } };
  expect(data).toEqual({
    first: liked,
    second: { tweet: { likeCount: 0, viewer: { hasLiked: false } } },
    third: liked,
  });
});
