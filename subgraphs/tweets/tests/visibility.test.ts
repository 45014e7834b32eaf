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
