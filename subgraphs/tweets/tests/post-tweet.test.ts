import { snowflakeDate } from '@starling/platform/snowflake';
import { wordsOf } from '@starling/visibility';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { newId, type Payload, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let ada: string;
let bob: string;

beforeAll(async () => {
  tweets = await startTweets();
  ada = await tweets.register('Ada');
  bob = await tweets.register('Bob');
});
afterAll(() => tweets.stop());

const countRows = async (authorId: string) => {
  const { rows } = await tweets.database.pool.query(
    'SELECT count(*)::int AS n FROM tweets.tweets WHERE author_id = $1',
    [authorId],
  );
  return rows[0].n as number;
};

test('answers the whole tweet', async () => {
  const { tweet } = await tweets.mutate<{ tweet: { id: string; createdAt: string; conversationId: string } }>(
    ada,
    'postTweet',
    { text: 'Hello @BOB and @nobody, #first 🎉 example.com' },
    `tweet {
      __typename id nodeId: id text createdAt conversationId language author { id }
      entities {
        hashtags { tag start end } cashtags { symbol start end } urls { url start end }
        mentions { username start end user { id } }
      }
      replyTo { __typename } quoted { __typename }
      likeCount retweetCount replyCount quoteCount bookmarkCount
      viewer { isAuthor hasLiked hasRetweeted hasBookmarked canReply canDelete }
    }`,
  );
  expect(tweet).toMatchObject({
    __typename: 'Tweet',
    text: 'Hello @BOB and @nobody, #first 🎉 example.com',
    author: { id: ada },
    language: null,
    conversationId: tweet.id,
    createdAt: snowflakeDate(tweet.id).toISOString(),
    entities: {
      hashtags: [{ tag: 'first', start: 24, end: 30 }],
      cashtags: [],
      urls: [{ url: 'https://example.com', start: 33, end: 44 }],
      mentions: [
        { username: 'BOB', start: 6, end: 10, user: { id: bob } },
        { username: 'nobody', start: 15, end: 22, user: null },
      ],
    },
    replyTo: null,
    quoted: null,
    likeCount: 0,
    retweetCount: 0,
    replyCount: 0,
    quoteCount: 0,
    bookmarkCount: 0,
    viewer: {
      isAuthor: true,
      hasLiked: false,
      hasRetweeted: false,
      hasBookmarked: false,
      canReply: true,
      canDelete: true,
    },
  });
});

test('tells what others need to know, and no text', async () => {
  const root = await tweets.post(ada);
  const answer = await tweets.post(bob, { text: 'Hi @ada @ada', replyToTweetId: root });
  const both = await tweets.post(ada, { replyToTweetId: answer, quotedTweetId: root });
  const events = await tweets.events();
  expect(events.find(({ key }) => key === answer)).toEqual({
    name: 'tweet.posted.v1',
    key: answer,
    payload: {
      tweetId: answer,
      authorId: bob,
      conversationId: root,
      replyToTweetId: root,
      replyToAuthorId: ada,
      quotedTweetId: null,
      mentionedUserIds: [ada],
      hasMedia: false,
      words: wordsOf('Hi @ada @ada'),
    },
  });
  expect(events.find(({ key }) => key === both)?.payload).toMatchObject({
    conversationId: root,
    replyToTweetId: answer,
    replyToAuthorId: bob,
    quotedTweetId: root,
  });
});

test('an answer and a quote show what they refer to', async () => {
  const root = await tweets.post(ada, { text: 'The root' });
  const both = await tweets.post(bob, { replyToTweetId: root, quotedTweetId: root });
  const seen = await tweets.tweet(
    ada,
    both,
    'conversationId replyTo { ... on Tweet { id text author { id } } } quoted { ... on Tweet { id } }',
  );
  expect(seen).toEqual({
    conversationId: root,
    replyTo: { id: root, text: 'The root', author: { id: ada } },
    quoted: { id: root },
  });
  expect(await tweets.tweet(ada, root, 'replyCount quoteCount')).toEqual({ replyCount: 1, quoteCount: 1 });
});

test('a mention finds the account that has the name as the tweet is posted', async () => {
  const first = await tweets.register('Grace');
  await tweets.rename(first, 'Hopper');
  const second = await tweets.register('grace');
  const tweetId = await tweets.post(ada, { text: '@grace @HOPPER' });
  const seen = await tweets.tweet(null, tweetId, 'entities { mentions { user { id } } }');
  expect(seen).toEqual({ entities: { mentions: [{ user: { id: second } }, { user: { id: first } }] } });
});

const refusals: [what: string, input: () => object | Promise<object>, code: string, field: string][] = [
  ['an empty text', () => ({ text: '' }), 'BLANK', 'text'],
  ['white space', () => ({ text: ' \n ' }), 'BLANK', 'text'],
  ['281 characters', () => ({ text: 'a'.repeat(281) }), 'TOO_LONG', 'text'],
  ['a very long text', () => ({ text: 'a'.repeat(1_000_000) }), 'TOO_LONG', 'text'],
  ['a control character', () => ({ text: 'a\u0000b' }), 'INVALID', 'text'],
  ['an unpaired surrogate', () => ({ text: 'a\ud83d' }), 'INVALID', 'text'],
  ['an answer to nothing', () => ({ text: 'a', replyToTweetId: newId('tweet') }), 'NOT_FOUND', 'replyToTweetId'],
  ['an answer to an account', () => ({ text: 'a', replyToTweetId: bob }), 'NOT_FOUND', 'replyToTweetId'],
  ['a quote of nothing', () => ({ text: 'a', quotedTweetId: newId('tweet') }), 'NOT_FOUND', 'quotedTweetId'],
  ['an empty key', () => ({ text: 'a', idempotencyKey: '' }), 'BLANK', 'idempotencyKey'],
  ['a long key', () => ({ text: 'a', idempotencyKey: 'k'.repeat(65) }), 'TOO_LONG', 'idempotencyKey'],
  ['a key with a control character', () => ({ text: 'a', idempotencyKey: 'k\u0007' }), 'INVALID', 'idempotencyKey'],
  ['a key with half a surrogate pair', () => ({ text: 'a', idempotencyKey: '\udc00' }), 'INVALID', 'idempotencyKey'],
];

test.each(refusals)('refuses %s and changes nothing', async (_what, input, code, field) => {
  const author = await tweets.register();
  const before = (await tweets.events()).length;
  const payload = await tweets.mutate(author, 'postTweet', await input());
  expect(payload).toEqual({ tweet: null, userErrors: [{ code, field: ['input', field] }] });
  expect(await countRows(author)).toBe(0);
  expect((await tweets.events()).length).toBe(before);
});

test('tells of everything that is wrong at once', async () => {
  const { userErrors } = await tweets.mutate(ada, 'postTweet', { text: '', idempotencyKey: '' });
  expect(userErrors.map(({ code, field }) => [code, field?.[1]])).toEqual([
    ['BLANK', 'text'],
    ['BLANK', 'idempotencyKey'],
  ]);
  const [reply, quote] = [newId('tweet'), newId('tweet')];
  const missing = await tweets.mutate(ada, 'postTweet', { text: 'a', replyToTweetId: reply, quotedTweetId: quote });
  expect(missing.userErrors.map(({ field }) => field?.[1])).toEqual(['replyToTweetId', 'quotedTweetId']);
});

test.each([
  ['a missing input', {}],
  ['a missing text', { input: {} }],
  ['a null text', { input: { text: null } }],
  ['a text of the wrong type', { input: { text: 1 } }],
  ['a field that there is not', { input: { text: 'a', mood: 'good' } }],
])('%s is no valid request', async (_what, variables) => {
  const { data, errors } = await tweets.ask(ada, tweets.mutation('postTweet'), variables);
  expect(data).toBeNull();
  expect(errors).toHaveLength(1);
});

test.each([
  ['replyToTweetId', 'abc'],
  ['replyToTweetId', ''],
  ['quotedTweetId', '-1'],
  ['quotedTweetId', '99999999999999999999'],
])('a malformed %s is told by its name', async (field, value) => {
  const input = { text: 'a', [field]: value };
  const { errors } = await tweets.ask(ada, tweets.mutation('postTweet'), { input });
  expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: `input.${field}` });
});

test('needs an account', async () => {
  const { errors } = await tweets.ask(null, tweets.mutation('postTweet'), { input: { text: 'a' } });
  expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
});

test('the block of either hides from an answer or a quote what it may hide', async () => {
  const [author, other] = [await tweets.register(), await tweets.register()];
  const [theirs, mine] = [await tweets.post(author), await tweets.post(other)];
  await tweets.block(author, other);
  const byBlocked = await tweets.mutate(other, 'postTweet', { text: 'a', replyToTweetId: theirs });
  expect(byBlocked.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['input', 'replyToTweetId'] }]);
  const byBlocker = await tweets.mutate(author, 'postTweet', { text: 'a', quotedTweetId: mine });
  expect(byBlocker.userErrors).toEqual([{ code: 'BLOCKED', field: ['input', 'quotedTweetId'] }]);
  await tweets.unblock(author, other);
  await tweets.post(other, { replyToTweetId: theirs });
});

test('an answer to a deleted tweet finds nothing, and neither survives a race', async () => {
  const root = await tweets.post(ada);
  const outcomes = await Promise.all([
    tweets.mutate(ada, 'deleteTweet', { tweetId: root }),
    ...Array.from({ length: 8 }, () => tweets.mutate(bob, 'postTweet', { text: 'a', replyToTweetId: root })),
  ]);
  const answers: Payload[] = outcomes.slice(1);
  const posted = answers.filter(({ tweet }) => tweet);
  const refused = answers.filter(({ tweet }) => !tweet);
  expect(posted.length + refused.length).toBe(8);
  for (const { userErrors } of refused) expect(userErrors[0]?.code).toBe('NOT_FOUND');
  // Whatever was posted was posted before the deletion.
  const order = (await tweets.events()).map(({ name, key }) => `${name} ${key}`);
  const deletion = order.indexOf(`tweet.deleted.v1 ${root}`);
  for (const { tweet } of posted) expect(order.indexOf(`tweet.posted.v1 ${tweet?.id}`)).toBeLessThan(deletion);
  const late = await tweets.mutate(bob, 'postTweet', { text: 'a', replyToTweetId: root });
  expect(late.userErrors[0]?.code).toBe('NOT_FOUND');
});

test('the same key with the same input is one tweet, also when all come at once', async () => {
  const author = await tweets.register();
  const input = { text: 'Once only', idempotencyKey: 'k1' };
  const payloads = await Promise.all(
    Array.from({ length: 10 }, () => tweets.mutate(author, 'postTweet', input, 'tweet { id text author { id } }')),
  );
  const later = await tweets.mutate(author, 'postTweet', input, 'tweet { id text author { id } }');
  for (const payload of payloads) expect(payload).toEqual(later);
  expect(await countRows(author)).toBe(1);
  expect((await tweets.events()).filter(({ payload }) => payload.authorId === author)).toHaveLength(1);
});

test('the same key with another input is an error, also at once', async () => {
  const author = await tweets.register();
  const post = (text: string) => tweets.mutate(author, 'postTweet', { text, idempotencyKey: 'k' });
  const payloads = await Promise.all(['a', 'b', 'c'].map(post));
  expect(payloads.filter(({ tweet }) => tweet)).toHaveLength(1);
  expect(payloads.flatMap(({ userErrors }) => userErrors)).toEqual([
    { code: 'DUPLICATE', field: ['input', 'idempotencyKey'] },
    { code: 'DUPLICATE', field: ['input', 'idempotencyKey'] },
  ]);
  expect(await countRows(author)).toBe(1);
  const first = payloads.findIndex(({ tweet }) => tweet);
  const answering = { text: ['a', 'b', 'c'][first], idempotencyKey: 'k', quotedTweetId: await tweets.post(ada) };
  expect((await tweets.mutate(author, 'postTweet', answering)).userErrors[0]?.code).toBe('DUPLICATE');
});

test('a key is its author’s own, and lasts 24 hours', async () => {
  const [author, other] = [await tweets.register(), await tweets.register()];
  const post = (userId: string, text: string) => tweets.mutate(userId, 'postTweet', { text, idempotencyKey: 'k' });
  await post(author, 'a');
  expect((await post(other, 'b')).userErrors).toEqual([]);
  await tweets.database.pool.query(
    `UPDATE tweets.idempotency_keys SET created_at = created_at - interval '24 hours' WHERE author_id = $1`,
    [author],
  );
  expect((await post(author, 'c')).userErrors).toEqual([]);
  expect(await countRows(author)).toBe(2);
  await tweets.database.pool.query(
    `UPDATE tweets.idempotency_keys SET created_at = created_at - interval '25 hours' WHERE author_id = $1`,
    [author],
  );
  await tweets.mutate(author, 'postTweet', { text: 'd', idempotencyKey: 'another' });
  const { rows } = await tweets.database.pool.query('SELECT key FROM tweets.idempotency_keys WHERE author_id = $1', [
    author,
  ]);
  expect(rows).toEqual([{ key: 'another' }]);
});

test('a refused tweet leaves its key free, and a deleted one is not posted again', async () => {
  const author = await tweets.register();
  const target = newId('tweet');
  const refused = await tweets.mutate(author, 'postTweet', { text: 'a', idempotencyKey: 'k', replyToTweetId: target });
  expect(refused.userErrors[0]?.code).toBe('NOT_FOUND');
  const { tweet } = await tweets.mutate(author, 'postTweet', { text: 'a', idempotencyKey: 'k' });
  await tweets.mutate(author, 'deleteTweet', { tweetId: tweet?.id });
  const again = await tweets.mutate(author, 'postTweet', { text: 'a', idempotencyKey: 'k' });
  expect(again).toEqual({ tweet: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'idempotencyKey'] }] });
});

test('a replay is answered also when what it answered is gone by now', async () => {
  const root = await tweets.post(ada);
  const input = { text: 'a', idempotencyKey: 'replay', replyToTweetId: root };
  const first = await tweets.mutate(bob, 'postTweet', input);
  await tweets.mutate(ada, 'deleteTweet', { tweetId: root });
  expect(await tweets.mutate(bob, 'postTweet', input)).toEqual(first);
});

test('the limit can be 140', async () => {
  const short = await startTweets({ maxWeightedLength: 140 });
  try {
    const author = await short.register();
    expect((await short.mutate(author, 'postTweet', { text: 'a'.repeat(141) })).userErrors[0]?.code).toBe('TOO_LONG');
    await short.post(author, { text: 'a'.repeat(140) });
  } finally {
    await short.stop();
  }
});
