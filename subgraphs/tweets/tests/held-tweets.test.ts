import { DEFAULT_RULES } from '@starling/tweets/abuse-rules';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { type Asker, newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
const moderator = { userId: newId(), role: 'MODERATOR' } as const;
beforeAll(async () => {
  tweets = await startTweets({ abuseRules: DEFAULT_RULES });
});
beforeEach(async () => {
  author = await tweets.register();
  await tweets.database.pool.query('DELETE FROM tweets.held_tweets');
});
afterAll(() => tweets.stop());

let texts = 0;
/** More links than anybody may post at once. */
const flood = () => {
  texts += 1;
  return Array.from({ length: 11 }, (_, index) => `example${texts}x${index}.com`).join(' ');
};

/** Posts something that is held; answers under which id. */
async function hold(input: object = {}, by = author): Promise<string> {
  const { userErrors } = await tweets.mutate(by, 'postTweet', { text: flood(), ...input });
  expect(userErrors).toMatchObject([{ code: 'HELD_FOR_REVIEW' }]);
  const { rows } = await tweets.database.pool.query('SELECT max(id)::text AS id FROM tweets.held_tweets');
  return rows[0].id;
}

interface Page {
  readonly heldTweets: {
    readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean };
  };
}

const QUERY = `query ($first: Int, $after: String, $last: Int, $before: String) {
  heldTweets(first: $first, after: $after, last: $last, before: $before) {
    edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage }
  }
}`;
const page = async (variables: object = {}) => (await tweets.get<Page>(moderator, QUERY, variables)).heldTweets;
const waiting = async () => (await page({ first: 100 })).nodes.map(({ id }) => id);

interface Decided {
  readonly heldTweetId: string | null;
  readonly tweet?: { readonly id: string } | null;
  readonly userErrors: readonly { readonly code: string; readonly field: string[] | null }[];
}
const release = (heldTweetId: string, by: Asker = moderator) =>
  tweets.mutate<Decided>(by, 'releaseHeldTweet', { heldTweetId });
const discard = (heldTweetId: string, by: Asker = moderator) =>
  tweets.mutate<Decided>(by, 'discardHeldTweet', { heldTweetId });
const row = async (id: string) => {
  const { rows } = await tweets.database.pool.query(
    `SELECT decision, decided_by, decided_at IS NOT NULL AS "hasTime", text, tweet_id FROM tweets.held_tweets WHERE id = $1`,
    [id],
  );
  return rows[0];
};

test('a moderator sees who wants to post what, why it waits and since when', async () => {
  const target = await tweets.post(await tweets.register());
  const text = flood();
  const id = await hold({ text, replyToTweetId: target, quotedTweetId: newId('tweet') });
  const { heldTweets } = await tweets.get<{ heldTweets: { nodes: { heldAt: string }[] } }>(
    moderator,
    `{ heldTweets { nodes {
      id author { id } text rule heldAt quoted { __typename } replyTo { __typename ... on Tweet { id } }
    } } }`,
  );
  expect(heldTweets.nodes).toEqual([
    {
      id,
      author: { id: author },
      text,
      rule: 'links',
      heldAt: expect.any(String),
      replyTo: { __typename: 'Tweet', id: target },
      quoted: null,
    },
  ]);
  expect(Math.abs(Date.parse(heldTweets.nodes[0]?.heldAt ?? '') - Date.now())).toBeLessThan(60_000);
});

test('pages go from the longest waiting to the newest, and back', async () => {
  const ids = [];
  for (let number = 0; number < 5; number++) ids.push(await hold());
  const first = await page({ first: 2 });
  expect(first.nodes.map(({ id }) => id)).toEqual(ids.slice(0, 2));
  expect(first.pageInfo).toEqual({ hasNextPage: true, hasPreviousPage: false });
  const rest = await page({ first: 5, after: first.edges[1]?.cursor });
  expect(rest.nodes.map(({ id }) => id)).toEqual(ids.slice(2));
  expect(rest.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: true });
  const back = await page({ last: 2, before: rest.edges[1]?.cursor });
  expect(back.nodes.map(({ id }) => id)).toEqual(ids.slice(1, 3));
  // What is decided leaves a page as it was.
  await discard(ids[1] ?? '');
  expect((await page({ first: 5, after: first.edges[1]?.cursor })).nodes).toEqual(rest.nodes);
});

test.each(['MODERATOR', 'ADMIN'] as const)('a %s releases it: it is posted as its author, now', async (role) => {
  const bob = await tweets.register(`bob${role.toLowerCase()}`);
  const target = await tweets.post(await tweets.register());
  const text = `@bob${role.toLowerCase()} ${flood()}`;
  const id = await hold({ text, replyToTweetId: target });
  const { heldTweetId, tweet, userErrors } = await release(id, { userId: moderator.userId, role });
  expect({ heldTweetId, userErrors }).toEqual({ heldTweetId: id, userErrors: [] });
  const posted = await tweets.tweet<object>(
    author,
    tweet?.id ?? '',
    'text author { id } replyTo { ... on Tweet { id } } entities { mentions { user { id } } }',
  );
  expect(posted).toEqual({
    text,
    author: { id: author },
    replyTo: { id: target },
    entities: { mentions: [{ user: { id: bob } }] },
  });
  expect(BigInt(tweet?.id ?? 0)).toBeGreaterThan(BigInt(id));
  const events = (await tweets.events()).filter(({ payload }) => payload.tweetId === tweet?.id);
  expect(events).toMatchObject([
    { name: 'tweet.posted.v1', payload: { authorId: author, mentionedUserIds: [bob] } },
    { name: 'held-tweet.released.v1', payload: { heldTweetId: id, authorId: author, tweetId: tweet?.id } },
  ]);
  expect(JSON.stringify(events)).not.toContain(moderator.userId);
  expect(await waiting()).toEqual([]);
});

test('releasing again, also at the same moment, is success and posts nothing more', async () => {
  const id = await hold();
  const answers = await Promise.all(Array.from({ length: 8 }, () => release(id)));
  expect(new Set(answers.map(({ tweet }) => tweet?.id)).size).toBe(1);
  expect(answers.every(({ heldTweetId, userErrors }) => heldTweetId === id && userErrors.length === 0)).toBe(true);
  const { rows } = await tweets.database.pool.query('SELECT id::text FROM tweets.tweets WHERE author_id = $1', [
    author,
  ]);
  expect(rows).toEqual([{ id: answers[0]?.tweet?.id }]);
  expect((await discard(id)).userErrors).toEqual([{ code: 'DUPLICATE', field: ['input', 'heldTweetId'] }]);
});

test('what is discarded is never posted, and its text is forgotten; who decided stays', async () => {
  const [discarded, released] = [await hold(), await hold()];
  for (let time = 0; time < 2; time++) {
    expect(await discard(discarded)).toEqual({ heldTweetId: discarded, userErrors: [] });
  }
  const other = { userId: newId(), role: 'ADMIN' } as const;
  const { tweet } = await release(released, other);
  expect((await release(discarded, other)).userErrors).toMatchObject([{ code: 'DUPLICATE' }]);
  const told = (await tweets.events()).filter(({ payload }) => payload.heldTweetId === discarded);
  expect(told).toMatchObject([
    { name: 'held-tweet.discarded.v1', payload: { heldTweetId: discarded, authorId: author } },
  ]);
  const decided = { hasTime: true, text: null };
  expect(await row(discarded)).toEqual({
    ...decided,
    decision: 'DISCARDED',
    decided_by: moderator.userId,
    tweet_id: null,
  });
  expect(await row(released)).toEqual({
    ...decided,
    decision: 'RELEASED',
    decided_by: other.userId,
    tweet_id: tweet?.id,
  });
  const { rows } = await tweets.database.pool.query('SELECT id::text FROM tweets.tweets WHERE author_id = $1', [
    author,
  ]);
  expect(rows).toEqual([{ id: tweet?.id }]);
});

test('what answers a tweet that is gone meanwhile is not posted, and goes on waiting', async () => {
  const other = await tweets.register();
  const target = await tweets.post(other);
  const id = await hold({ replyToTweetId: target });
  await tweets.mutate(other, 'deleteTweet', { tweetId: target });
  expect(await release(id)).toEqual({
    heldTweetId: null,
    tweet: null,
    userErrors: [{ code: 'NOT_FOUND', field: ['input', 'heldTweetId'] }],
  });
  expect(await waiting()).toEqual([id]);
  expect(await row(id)).toMatchObject({ decision: null, decided_by: null });
  expect((await discard(id)).userErrors).toEqual([]);
});

test('after the release the author’s repetition under the key is answered with the tweet', async () => {
  const input = { text: flood(), idempotencyKey: 'k' };
  const id = await hold(input);
  const { tweet } = await release(id);
  expect((await tweets.mutate(author, 'postTweet', input)).tweet).toEqual(tweet);
  // A key that was used for something else meanwhile is in nobody's way.
  const second = await hold({ idempotencyKey: 'l' });
  await tweets.mutate(author, 'postTweet', { text: 'Something else', idempotencyKey: 'l' });
  expect((await release(second)).tweet?.id).toBeDefined();
});

test('what is released does not count against its author', async () => {
  for (let number = 0; number < 3; number++) await release(await hold());
  expect((await tweets.mutate(author, 'postTweet', { text: 'With a link: example.com' })).userErrors).toEqual([]);
});

test('nobody but moderators comes near', async () => {
  const id = await hold();
  const document = (name: string) => tweets.mutation(name);
  for (const [asker, code] of [
    [author, 'FORBIDDEN'],
    [null, 'UNAUTHENTICATED'],
  ] as const) {
    expect((await tweets.ask(asker, QUERY)).errors).toMatchObject([{ extensions: { code } }]);
    for (const name of ['releaseHeldTweet', 'discardHeldTweet']) {
      const { errors } = await tweets.ask(asker, document(name), { input: { heldTweetId: id } });
      expect(errors).toMatchObject([{ extensions: { code } }]);
    }
  }
  expect(await waiting()).toEqual([id]);
  // It is no tweet, whoever asks.
  for (const asker of [author, moderator]) expect(await tweets.tweet(asker, id, 'id')).toBeNull();
});

test('ids and cursors that are none are refused by their names', async () => {
  for (const name of ['releaseHeldTweet', 'discardHeldTweet']) {
    const bad = await tweets.ask(moderator, tweets.mutation(name), { input: { heldTweetId: 'x' } });
    expect(bad.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'input.heldTweetId' } }]);
    expect(await tweets.mutate(moderator, name, { heldTweetId: newId('tweet') })).toMatchObject({
      heldTweetId: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'heldTweetId'] }],
    });
  }
  for (const variables of [{ first: 0 }, { first: 101 }, { after: 'garbled' }, { first: 1, last: 1 }]) {
    const { errors } = await tweets.ask(moderator, QUERY, variables);
    expect(errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT' } }]);
  }
});
