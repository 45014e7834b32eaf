import { afterAll, beforeAll, expect, test } from 'vitest';
import { startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let ada: string;
let bob: string;

beforeAll(async () => {
  tweets = await startTweets();
  ada = await tweets.register('Ada');
  bob = await tweets.register('Bob');
});
afterAll(() => tweets.stop());

const refused = (code: string) => ({ deletedTweetId: null, userErrors: [{ code, field: ['input', 'tweetId'] }] });
const placeOf = `__typename ... on Tweet { id } ... on TweetTombstone { tweetId reason }`;

test('leaves a place and nothing of what was said', async () => {
  const tweetId = await tweets.post(ada, { text: 'Secret @bob #gone' });
  expect(await tweets.tweet(bob, tweetId, 'id')).toEqual({ id: tweetId });
  expect(await tweets.mutate(ada, 'deleteTweet', { tweetId })).toEqual({ deletedTweetId: tweetId, userErrors: [] });
  for (const asker of [null, bob, ada]) expect(await tweets.tweet(asker, tweetId, 'id')).toBeNull();
  const { rows } = await tweets.database.pool.query(
    'SELECT text, entities, language FROM tweets.tweets WHERE id = $1',
    [tweetId],
  );
  expect(rows).toEqual([{ text: null, entities: null, language: null }]);
  expect((await tweets.events()).at(-1)).toEqual({
    name: 'tweet.deleted.v1',
    key: tweetId,
    payload: { tweetId, authorId: ada, replyToTweetId: null, quotedTweetId: null },
  });
});

test('a second time finds nothing', async () => {
  const tweetId = await tweets.post(ada);
  const outcomes = await Promise.all([1, 2, 3].map(() => tweets.mutate(ada, 'deleteTweet', { tweetId })));
  expect(outcomes.filter(({ deletedTweetId }) => deletedTweetId === tweetId)).toHaveLength(1);
  expect(await tweets.mutate(ada, 'deleteTweet', { tweetId })).toEqual(refused('NOT_FOUND'));
  const told = (await tweets.events()).filter(({ key }) => key === tweetId);
  expect(told.map(({ name }) => name)).toEqual(['tweet.posted.v1', 'tweet.deleted.v1']);
});

test('another’s is forbidden when it may be seen, and is not there when it may not', async () => {
  const author = await tweets.register();
  const tweetId = await tweets.post(author);
  expect(await tweets.mutate(bob, 'deleteTweet', { tweetId })).toEqual(refused('FORBIDDEN'));
  await tweets.block(author, bob);
  expect(await tweets.mutate(bob, 'deleteTweet', { tweetId })).toEqual(refused('NOT_FOUND'));
  expect(await tweets.tweet(null, tweetId, 'id')).toEqual({ id: tweetId });
});

test.each(['MODERATOR', 'ADMIN'] as const)('a %s may delete any, also across a block', async (role) => {
  const [author, moderator] = [await tweets.register(), await tweets.register()];
  const tweetId = await tweets.post(author);
  const asker = { userId: moderator, role };
  expect(await tweets.tweet(asker, tweetId, 'viewer { isAuthor canDelete }')).toEqual({
    viewer: { isAuthor: false, canDelete: true },
  });
  await tweets.block(author, moderator);
  expect(await tweets.mutate(asker, 'deleteTweet', { tweetId })).toEqual({ deletedTweetId: tweetId, userErrors: [] });
  expect((await tweets.events()).at(-1)?.payload.authorId).toBe(author);
});

test('answers and quotes stay and show a tombstone; counts and lists let go', async () => {
  const author = await tweets.register();
  const root = await tweets.post(author);
  const answer = await tweets.post(author, { replyToTweetId: root, quotedTweetId: root });
  await tweets.mutate(bob, 'likeTweet', { tweetId: answer });
  await tweets.mutate(bob, 'retweet', { tweetId: answer });
  await tweets.mutate(bob, 'bookmarkTweet', { tweetId: answer });
  expect(await tweets.tweet(null, root, 'replyCount quoteCount')).toEqual({ replyCount: 1, quoteCount: 1 });
  const last = await tweets.post(ada, { replyToTweetId: answer });

  await tweets.mutate(author, 'deleteTweet', { tweetId: answer });
  const seen = await tweets.tweet(ada, root, 'replyCount quoteCount replies { nodes { id } } quotes { nodes { id } }');
  expect(seen).toEqual({ replyCount: 0, quoteCount: 0, replies: { nodes: [] }, quotes: { nodes: [] } });
  expect(await tweets.tweet(ada, last, `conversationId replyTo { ${placeOf} }`)).toEqual({
    conversationId: root,
    replyTo: { __typename: 'TweetTombstone', tweetId: answer, reason: 'DELETED' },
  });
  const people = await tweets.entities(bob, 'User', [{ id: bob }, { id: author }], 'tweetCount likes { nodes { id } }');
  expect(people).toEqual([
    { tweetCount: 0, likes: { nodes: [] } },
    { tweetCount: 1, likes: { nodes: [] } },
  ]);
  expect(await tweets.get(bob, '{ bookmarks { nodes { id } } }')).toEqual({ bookmarks: { nodes: [] } });

  await tweets.eventLog.processAll();
  for (const table of ['likes', 'retweets', 'bookmarks']) {
    const { rows } = await tweets.database.pool.query(`SELECT 1 FROM tweets.${table} WHERE tweet_id = $1`, [answer]);
    expect(rows).toEqual([]);
  }
});

test('holds at the very next read, whatever was cached or under way', async () => {
  for (let round = 0; round < 10; round += 1) {
    const tweetId = await tweets.post(ada);
    const reading = Promise.all(Array.from({ length: 5 }, () => tweets.tweet(bob, tweetId, 'id')));
    await tweets.mutate(ada, 'deleteTweet', { tweetId });
    expect(await tweets.tweet(bob, tweetId, 'id')).toBeNull();
    await reading;
    expect(await tweets.tweet(bob, tweetId, 'id')).toBeNull();
  }
});
