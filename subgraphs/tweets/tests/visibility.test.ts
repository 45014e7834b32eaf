import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
let reader: string;
let tweetId: string;

beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());
beforeEach(async () => {
  author = await tweets.register();
  reader = await tweets.register();
  tweetId = await tweets.post(author);
});

const placeOf = `__typename ... on Tweet { id } ... on TweetTombstone { tweetId reason }`;

test('unknown, foreign and retweet ids are null', async () => {
  for (const id of [newId('tweet'), newId('retweet'), author, '1', '9223372036854775807']) {
    expect(await tweets.tweet(reader, id, 'id')).toBeNull();
    expect(await tweets.get(reader, `{ conversation(tweetId: "${id}") { focus { id } } }`)).toEqual({
      conversation: null,
    });
  }
});

test.each([
  ['tweet(id: "x") { id }', 'id'],
  ['tweet(id: "") { id }', 'id'],
  ['tweet(id: "9223372036854775808") { id }', 'id'],
  ['conversation(tweetId: "01") { focus { id } }', 'tweetId'],
])('%s names the malformed id', async (field, argument) => {
  const { errors } = await tweets.ask(reader, `{ ${field} }`);
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
});

test.each(['blocker', 'blocked'])(
  'a block hides the tweets of either from the other: the reader is the %s',
  async (side) => {
    const answer = await tweets.post(reader, { replyToTweetId: tweetId });
    const third = await tweets.register();
    const quote = await tweets.post(third, { replyToTweetId: answer, quotedTweetId: tweetId });
    const pair = side === 'blocker' ? ([reader, author] as const) : ([author, reader] as const);
    await tweets.block(...pair);
    expect(await tweets.tweet(reader, tweetId, 'id')).toBeNull();
    expect(await tweets.tweet(author, answer, 'id')).toBeNull();
    expect(await tweets.entities(reader, 'Tweet', [{ id: tweetId }, { nodeId: tweetId }], 'id')).toEqual([null, null]);
    expect(await tweets.get(reader, `{ conversation(tweetId: "${tweetId}") { focus { id } } }`)).toEqual({
      conversation: null,
    });
    const tombstone = { __typename: 'TweetTombstone', tweetId, reason: 'BLOCKED' };
    expect(await tweets.tweet(reader, quote, `replyTo { ${placeOf} } quoted { ${placeOf} }`)).toEqual({
      replyTo: { __typename: 'Tweet', id: answer },
      quoted: tombstone,
    });
    const conversation = await tweets.get(
      reader,
      `{ conversation(tweetId: "${quote}") { root { ${placeOf} } ancestors { ${placeOf} } } }`,
    );
    expect(conversation).toEqual({
      conversation: { root: tombstone, ancestors: [tombstone, { __typename: 'Tweet', id: answer }] },
    });
    expect(await tweets.tweet(null, tweetId, 'id')).toEqual({ id: tweetId });
    await tweets.unblock(...pair);
    expect(await tweets.tweet(reader, tweetId, 'id viewer { canReply }')).toEqual({
      id: tweetId,
      viewer: { canReply: true },
    });
  },
);

test('what is deleted shows as deleted also across a block', async () => {
  const third = await tweets.register();
  const quote = await tweets.post(third, { quotedTweetId: tweetId });
  await tweets.block(author, reader);
  await tweets.mutate(author, 'deleteTweet', { tweetId });
  expect(await tweets.tweet(reader, quote, `quoted { ${placeOf} }`)).toEqual({
    quoted: { __typename: 'TweetTombstone', tweetId, reason: 'DELETED' },
  });
});

test('a reference by either key is answered with the tweet, whose id comes from here', async () => {
  const missing = newId('tweet');
  const found = await tweets.entities(
    null,
    'Tweet',
    [{ id: tweetId }, { nodeId: tweetId }, { nodeId: missing }, { id: author }],
    'id text',
  );
  const tweet = { id: tweetId, text: 'Something to say' };
  expect(found).toEqual([tweet, tweet, null, null]);
});

test('the viewer fields are of who asks, and null when signed out', async () => {
  await tweets.mutate(reader, 'likeTweet', { tweetId });
  const selection = 'viewer { isAuthor hasLiked hasRetweeted hasBookmarked canReply canDelete }';
  expect(await tweets.tweet(reader, tweetId, selection)).toEqual({
    viewer: {
      isAuthor: false,
      hasLiked: true,
      hasRetweeted: false,
      hasBookmarked: false,
      canReply: true,
      canDelete: false,
    },
  });
  expect(await tweets.tweet(author, tweetId, selection)).toEqual({
    viewer: {
      isAuthor: true,
      hasLiked: false,
      hasRetweeted: false,
      hasBookmarked: false,
      canReply: true,
      canDelete: true,
    },
  });
  expect(await tweets.tweet(null, tweetId, selection)).toEqual({ viewer: null });
});

test('bookmarks are the viewer’s own', async () => {
  await tweets.mutate(reader, 'bookmarkTweet', { tweetId });
  const bookmarks = '{ bookmarks { nodes { id } pageInfo { hasNextPage } } }';
  expect(await tweets.get(reader, bookmarks)).toEqual({
    bookmarks: { nodes: [{ id: tweetId }], pageInfo: { hasNextPage: false } },
  });
  expect(await tweets.get(author, '{ bookmarks { nodes { id } } }')).toEqual({ bookmarks: { nodes: [] } });
  const { errors } = await tweets.ask(null, bookmarks);
  expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('the tweets of a protected account are for its followers and itself, follows from before included', async () => {
  const follower = await tweets.register();
  await tweets.follow(follower, author);
  const third = await tweets.register();
  const quote = await tweets.post(third, { quotedTweetId: tweetId, replyToTweetId: tweetId });
  await tweets.mutate(third, 'likeTweet', { tweetId });
  await tweets.protect(author);
  const likesOf = async (asker: string | null, id: string) =>
    (await tweets.entities(asker, 'User', [{ id }], 'likes { nodes { id } }'))[0];
  const tombstone = { __typename: 'TweetTombstone', tweetId, reason: 'AUTHOR_PROTECTED' };
  for (const asker of [reader, third, null]) {
    expect(await tweets.tweet(asker, tweetId, 'id')).toBeNull();
    expect(await tweets.tweet(asker, quote, `replyTo { ${placeOf} } quoted { ${placeOf} }`)).toEqual({
      replyTo: tombstone,
      quoted: tombstone,
    });
    expect(await likesOf(asker, third)).toEqual({ likes: { nodes: [] } });
  }
  for (const asker of [author, follower]) {
    expect(await tweets.tweet(asker, tweetId, 'id')).toEqual({ id: tweetId });
    expect(await likesOf(asker, third)).toEqual({ likes: { nodes: [{ id: tweetId }] } });
  }
  await tweets.unfollow(follower, author);
  expect(await tweets.tweet(follower, tweetId, 'id')).toBeNull();
  await tweets.protect(author, false);
  expect(await tweets.tweet(null, tweetId, 'id')).toEqual({ id: tweetId });
});

test('a protected account is found among those who like or retweet something by its followers alone', async () => {
  const [liker, follower] = [await tweets.register(), await tweets.register()];
  await tweets.mutate(liker, 'likeTweet', { tweetId });
  await tweets.mutate(liker, 'retweet', { tweetId });
  await tweets.follow(follower, liker);
  await tweets.protect(liker);
  const people = 'likeCount retweetCount likedBy { nodes { id } } retweetedBy { nodes { id } }';
  const found = (nodes: object[]) => ({
    likeCount: 1,
    retweetCount: 1,
    likedBy: { nodes },
    retweetedBy: { nodes },
  });
  for (const asker of [author, reader, null]) expect(await tweets.tweet(asker, tweetId, people)).toEqual(found([]));
  for (const asker of [liker, follower]) {
    expect(await tweets.tweet(asker, tweetId, people)).toEqual(found([{ id: liker }]));
  }
  expect((await tweets.entities(reader, 'User', [{ id: liker }], 'likes { nodes { id } }'))[0]).toEqual({
    likes: { nodes: [] },
  });
});

test('a follower may do all with a tweet of a protected account but retweet it', async () => {
  const follower = await tweets.register();
  await tweets.follow(follower, author);
  await tweets.protect(author);
  const codes = async (asker: string, mutation: string) =>
    (await tweets.mutate(asker, mutation, { tweetId })).userErrors.map(({ code }) => code);
  for (const mutation of ['likeTweet', 'bookmarkTweet', 'unlikeTweet', 'undoRetweet']) {
    expect(await codes(follower, mutation), mutation).toEqual([]);
    expect(await codes(reader, mutation), mutation).toEqual(['NOT_FOUND']);
  }
  await tweets.post(follower, { replyToTweetId: tweetId, quotedTweetId: tweetId });
  expect(await codes(follower, 'retweet')).toEqual(['PROTECTED']);
  expect(await codes(reader, 'retweet')).toEqual(['NOT_FOUND']);
  expect(await codes(author, 'retweet')).toEqual([]);
});
