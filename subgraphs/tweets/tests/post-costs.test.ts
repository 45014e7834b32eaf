import { afterAll, beforeAll, expect, it } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
let target: string;
beforeAll(async () => {
  tweets = await startTweets();
  author = await tweets.register('Ada');
  target = await tweets.post(author);
});
afterAll(() => tweets.stop());

const OF_POSTING = /^tweets\.(post|addTweet\.|find|lock)/;
const postingOf = async (input: object) =>
  (await tweets.statementsOf(() => tweets.mutate(author, 'postTweet', { text: 'Hello', ...input }))).filter((name) =>
    OF_POSTING.test(name),
  );

it.each([
  ['nothing', () => ({}), ['tweets.addTweet.withEvent']],
  ['somebody', () => ({ text: '@ada' }), ['tweets.findAccountsByUsernames', 'tweets.addTweet.withEvent']],
  ['what it answers', () => ({ replyToTweetId: target }), ['tweets.postReferring']],
  ['what it answers and quotes', () => ({ replyToTweetId: target, quotedTweetId: target }), ['tweets.postReferring']],
  ['a key', () => ({ idempotencyKey: 'one' }), ['tweets.postOnce']],
  ['a key and a quote', () => ({ idempotencyKey: 'two', quotedTweetId: target }), ['tweets.postReferringOnce']],
])('a tweet that names %s is looked up, checked and written in one statement', async (_what, input, names) => {
  expect(await postingOf(input())).toEqual(names);
});

it('a refused tweet and a repeated one cost no more than a look at why', async () => {
  expect(await postingOf({ replyToTweetId: newId('tweet') })).toEqual(['tweets.postReferring']);
  await postingOf({ idempotencyKey: 'three' });
  expect(await postingOf({ idempotencyKey: 'three' })).toEqual(['tweets.postOnce', 'tweets.findIdempotencyKey']);
});

it('those that are posted at the same moment find the accounts they mention together', async () => {
  const names = await tweets.statementsOf(() =>
    Promise.all(Array.from({ length: 20 }, () => tweets.mutate(author, 'postTweet', { text: '@ada' }))),
  );
  const found = names.filter((name) => name === 'tweets.findAccountsByUsernames');
  expect(found.length).toBeGreaterThan(0);
  expect(found.length).toBeLessThan(20);
});
