import { SNOWFLAKE_EPOCH_MS } from '@starling/platform/snowflake';
import { createMetricsRegistry } from '@starling/platform/telemetry';
import { DEFAULT_RULES } from '@starling/tweets/abuse-rules';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { openAbuseCheck } from '../src/abuse/abuse-check.ts';
import { type PostParts, postTweet } from '../src/post-tweet.ts';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
beforeAll(async () => {
  tweets = await startTweets({ abuseRules: DEFAULT_RULES });
});
afterAll(() => tweets.stop());

interface Posted {
  readonly tweet: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
  readonly said?: readonly { readonly message: string }[];
}

/** With what the first error says. */
async function post(author: string, input: object) {
  const selection = 'tweet { id } said: userErrors { message }';
  const { tweet, userErrors, said } = await tweets.mutate<Posted>(author, 'postTweet', input, selection);
  return { tweet, userErrors, message: said?.[0]?.message };
}
const codes = async (author: string, input: object) => (await post(author, input)).userErrors.map(({ code }) => code);
const SAME = 'Buy my wonderful followers today';

const written = async (author: string) => {
  const { rows } = await tweets.database.pool.query(
    `SELECT (SELECT count(*) FROM tweets.tweets WHERE author_id = $1::bigint)::int AS tweets,
       (SELECT count(*) FROM platform.outbox WHERE name = 'tweet.posted.v1' AND payload ->> 'authorId' = $1::text)::int AS events,
       (SELECT count(*) FROM tweets.held_tweets WHERE author_id = $1::bigint)::int AS held`,
    [author],
  );
  return rows[0];
};

test('the same text again is throttled, with the time from which it may be tried again', async () => {
  const author = newId();
  const before = Date.now();
  for (const text of [SAME, `${SAME}!`, `${SAME} https://example.com`])
    expect(await codes(author, { text })).toEqual([]);
  const { tweet, userErrors, message } = await post(author, { text: SAME.toUpperCase() });
  expect(tweet).toBeNull();
  expect(userErrors).toEqual([{ code: 'LIMIT_REACHED', field: null }]);
  const time = Date.parse(/ (\S+Z)\.$/.exec(message ?? '')?.[1] ?? '');
  expect(time).toBeGreaterThanOrEqual(before + 3_600_000);
  expect(time).toBeLessThanOrEqual(Date.now() + 3_600_000);
  expect(await codes(author, { text: 'Something else that is worth reading' })).toEqual([]);
  expect(await written(author)).toEqual({ tweets: 4, events: 4, held: 0 });
});

test('an established account may do more than a young one', async () => {
  // An id of 2010.
  const author = String(BigInt(Date.UTC(2010, 11, 1) - SNOWFLAKE_EPOCH_MS) << 22n);
  for (let time = 0; time < 5; time++) expect(await codes(author, { text: SAME })).toEqual([]);
  expect(await codes(author, { text: SAME })).toEqual(['LIMIT_REACHED']);
});

test('what says little may be said again and again', async () => {
  const author = newId();
  for (let time = 0; time < 8; time++) expect(await codes(author, { text: 'Thanks!' })).toEqual([]);
});

test('floods of links, of mentions and of tweets are throttled', async () => {
  const [linking, mentioning, quick] = [newId(), newId(), newId()];
  const links = Array.from({ length: 5 }, (_, index) => `example${index}.com`).join(' ');
  expect(await codes(linking, { text: links })).toEqual([]);
  expect(await codes(linking, { text: `${links} ` })).toEqual([]);
  expect(await codes(linking, { text: 'One more: example.com' })).toEqual(['LIMIT_REACHED']);
  expect(await codes(linking, { text: 'None' })).toEqual([]);
  const names = (from: number, to: number) => Array.from({ length: to - from }, (_, n) => `@n${from + n}`).join(' ');
  expect(await codes(mentioning, { text: names(0, 15) })).toEqual([]);
  expect(await codes(mentioning, { text: names(3, 9) })).toEqual([]);
  expect(await codes(mentioning, { text: '@n15' })).toEqual(['LIMIT_REACHED']);
  for (let number = 0; number < 12; number++) expect(await codes(quick, { text: `No. ${number}` })).toEqual([]);
  expect(await codes(quick, { text: 'No. 12' })).toEqual(['LIMIT_REACHED']);
});

test('the same text to many is held: nothing is posted, and the author is told', async () => {
  const author = newId();
  const target = await tweets.post(newId());
  expect(await codes(author, { text: `@a @b @c ${SAME}` })).toEqual([]);
  expect(await codes(author, { text: `@d @e ${SAME}` })).toEqual([]);
  const { userErrors, message, tweet } = await post(author, { text: SAME, replyToTweetId: target });
  expect({ userErrors, tweet }).toEqual({
    userErrors: [{ code: 'HELD_FOR_REVIEW', field: ['input', 'text'] }],
    tweet: null,
  });
  expect(message).toContain('moderator');
  expect(await written(author)).toEqual({ tweets: 2, events: 2, held: 1 });
});

test('what breaks a rule by itself is held, as no waiting would help', async () => {
  const author = newId();
  const links = Array.from({ length: 11 }, (_, index) => `example${index}.com`).join(' ');
  expect(await codes(author, { text: links })).toEqual(['HELD_FOR_REVIEW']);
  expect(await written(author)).toEqual({ tweets: 0, events: 0, held: 1 });
});

test('of one author no more than twenty are held; then they are throttled', async () => {
  const author = newId();
  const links = (number: number) => Array.from({ length: 11 }, (_, n) => `example${number}x${n}.com`).join(' ');
  const answers = await Promise.all(Array.from({ length: 30 }, (_, number) => codes(author, { text: links(number) })));
  expect(answers.flat().filter((code) => code === 'HELD_FOR_REVIEW')).toHaveLength(20);
  expect(answers.flat().filter((code) => code === 'LIMIT_REACHED')).toHaveLength(10);
  expect(await written(author)).toEqual({ tweets: 0, events: 0, held: 20 });
});

test('posts at the same moment do not slip through', async () => {
  const author = newId();
  const answers = await Promise.all(Array.from({ length: 40 }, () => codes(author, { text: SAME })));
  expect(answers.filter((found) => found.length === 0)).toHaveLength(3);
  expect(await written(author)).toEqual({ tweets: 3, events: 3, held: 0 });
});

test('what is refused for another reason does not count', async () => {
  const author = newId();
  for (let time = 0; time < 6; time++) {
    expect(await codes(author, { text: SAME, replyToTweetId: newId('tweet') })).toEqual(['NOT_FOUND']);
    expect(await codes(author, { text: '' })).toEqual(['BLANK']);
  }
  for (let time = 0; time < 3; time++) expect(await codes(author, { text: SAME })).toEqual([]);
  expect(await codes(author, { text: SAME })).toEqual(['LIMIT_REACHED']);
});

test('a repetition under the same key is never counted and never refused', async () => {
  const author = newId();
  const input = (key: number) => ({ text: SAME, idempotencyKey: String(key) });
  const first = await Promise.all(Array.from({ length: 10 }, () => post(author, input(1))));
  expect(new Set(first.map(({ tweet }) => tweet?.id)).size).toBe(1);
  expect(first[0]?.userErrors).toEqual([]);
  for (const key of [2, 3]) expect(await codes(author, input(key))).toEqual([]);
  expect(await codes(author, input(4))).toEqual(['LIMIT_REACHED']);
  expect((await post(author, input(1))).tweet).toEqual(first[0]?.tweet);
  expect(await codes(author, { text: `Not the same as before at all`, idempotencyKey: '1' })).toEqual(['DUPLICATE']);
  expect(await written(author)).toEqual({ tweets: 3, events: 3, held: 0 });
});

test('a repetition is known when what was posted lately is forgotten, and does not count then', async () => {
  const author = newId();
  const input = { text: SAME, idempotencyKey: 'k' };
  const { tweet } = await post(author, input);
  // Another process, which has seen nothing of it.
  const parts: PostParts = {
    database: tweets.database,
    eventLog: tweets.eventLog,
    snowflakes: { next: async () => newId('tweet'), stop: async () => {} },
    copies: { caughtUp: () => tweets.eventLog.processAll() },
    findAccounts: async () => new Map(),
    maxWeightedLength: 280,
    abuse: openAbuseCheck(DEFAULT_RULES, undefined),
  };
  const elsewhere = (idempotencyKey: string | null) =>
    postTweet(parts, { viewerId: author, text: SAME, replyToTweetId: null, quotedTweetId: null, idempotencyKey });
  for (let time = 0; time < 5; time++) expect(await elsewhere('k')).toEqual({ ok: true, value: tweet?.id });
  for (let time = 0; time < 3; time++) expect(await elsewhere(null)).toMatchObject({ ok: true });
  expect(await elsewhere(null)).toMatchObject({ ok: false, userErrors: [{ code: 'LIMIT_REACHED' }] });
  expect(await elsewhere('k')).toEqual({ ok: true, value: tweet?.id });
});

test('a held tweet that is sent again under its key waits once', async () => {
  const author = newId();
  const text = Array.from({ length: 11 }, (_, index) => `example${index}.com`).join(' ');
  const input = { text, idempotencyKey: 'k' };
  const answers = await Promise.all([1, 2, 3].map(() => codes(author, input)));
  expect(answers.flat()).toEqual(['HELD_FOR_REVIEW', 'HELD_FOR_REVIEW', 'HELD_FOR_REVIEW']);
  expect(await written(author)).toMatchObject({ held: 1 });
});

test('an accepted tweet costs no statement more', async () => {
  const names = await tweets.statementsOf(() => post(newId(), { text: 'Nothing special about this' }));
  // Who counts is told of it, and may begin before it is answered.
  const own = names.filter((name) => !name.startsWith('tweets.get') && name !== 'tweets.beginToCount');
  expect(own).toEqual(['tweets.addTweet.withEvent']);
});

test('operators see verdicts by rule, and how many wait', async () => {
  const registry = createMetricsRegistry();
  tweets.measure(registry);
  const text = await registry.metrics();
  expect(text).toMatch(/starling_tweet_verdicts_total\{rule="none",verdict="accept"\} [1-9]/);
  expect(text).toMatch(/starling_tweet_verdicts_total\{rule="same-text",verdict="throttle"\} [1-9]/);
  expect(text).toMatch(/starling_tweet_verdicts_total\{rule="same-text-to-many",verdict="hold"\} 1/);
  const { rows } = await tweets.database.pool.query('SELECT count(*)::int AS n FROM tweets.held_tweets');
  expect(text).toMatch(new RegExp(`starling_held_tweets ${rows[0].n}\\n`));
});
