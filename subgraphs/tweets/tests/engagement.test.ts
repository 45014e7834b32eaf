import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
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

const eventsOf = async (id: string) =>
  (await tweets.events()).filter(({ payload }) => payload.tweetId === id).map(({ name }) => name);

const ENGAGEMENTS = [
  { name: 'likeTweet', undo: 'unlikeTweet', state: 'hasLiked', count: 'likeCount', events: ['liked', 'unliked'] },
  {
    name: 'retweet',
    undo: 'undoRetweet',
    state: 'hasRetweeted',
    count: 'retweetCount',
    events: ['retweeted', 'retweet-undone'],
  },
  {
    name: 'bookmarkTweet',
    undo: 'removeBookmark',
    state: 'hasBookmarked',
    count: 'bookmarkCount',
    events: ['bookmarked', 'bookmark-removed'],
  },
];

describe.each(ENGAGEMENTS)('$name and $undo', ({ name, undo, state, count, events }) => {
  const selection = `tweet { id ${count} viewer { ${state} } }`;
  const answer = (counted: number, is: boolean) => ({
    tweet: { id: tweetId, [count]: counted, viewer: { [state]: is } },
    userErrors: [],
  });

  test('answer what they did, and again the same with no event', async () => {
    expect(await tweets.mutate(reader, name, { tweetId }, selection)).toEqual(answer(1, true));
    expect(await tweets.mutate(reader, name, { tweetId }, selection)).toEqual(answer(1, true));
    expect(await tweets.mutate(author, name, { tweetId }, selection)).toEqual(answer(2, true));
    expect(await tweets.mutate(reader, undo, { tweetId }, selection)).toEqual(answer(1, false));
    expect(await tweets.mutate(reader, undo, { tweetId }, selection)).toEqual(answer(1, false));
    const [done, undone] = events.map((event) => `tweet.${event}.v1`);
    expect(await eventsOf(tweetId)).toEqual(['tweet.posted.v1', done, done, undone]);
  });

  test('count once however many come at once', async () => {
    await Promise.all(Array.from({ length: 10 }, () => tweets.mutate(reader, name, { tweetId })));
    expect(await tweets.tweet(reader, tweetId, `${count} viewer { ${state} }`)).toEqual({
      [count]: 1,
      viewer: { [state]: true },
    });
    await Promise.all(Array.from({ length: 10 }, () => tweets.mutate(reader, undo, { tweetId })));
    expect(await tweets.tweet(reader, tweetId, count)).toEqual({ [count]: 0 });
    expect(await eventsOf(tweetId)).toHaveLength(3);
  });

  test.each([name, undo])('%s finds nothing where nothing may be seen', async (mutation) => {
    const gone = await tweets.post(author);
    await tweets.mutate(author, 'deleteTweet', { tweetId: gone });
    const missing = { tweet: null, userErrors: [{ code: 'NOT_FOUND', field: ['input', 'tweetId'] }] };
    for (const id of [newId('tweet'), newId('retweet'), author, gone, '9223372036854775807']) {
      expect(await tweets.mutate(reader, mutation, { tweetId: id })).toEqual(missing);
    }
    await tweets.block(author, reader);
    expect(await tweets.mutate(reader, mutation, { tweetId })).toEqual(missing);
    await tweets.unblock(author, reader);
    await tweets.block(reader, author);
    expect(await tweets.mutate(reader, mutation, { tweetId })).toEqual({
      tweet: null,
      userErrors: [{ code: 'BLOCKED', field: ['input', 'tweetId'] }],
    });
    expect(await eventsOf(tweetId)).toEqual(['tweet.posted.v1']);
  });
});

describe.each([...ENGAGEMENTS.flatMap(({ name, undo }) => [name, undo]), 'pinTweet', 'unpinTweet', 'deleteTweet'])(
  '%s with bad input',
  (name) => {
    test('is no valid request without an id, or with one of the wrong type', async () => {
      for (const variables of [
        {},
        { input: {} },
        { input: { tweetId: null } },
        { input: { tweetId: [tweetId, '1'] } },
      ]) {
        const { data, errors } = await tweets.ask(author, tweets.mutation(name), variables);
        expect(data).toBeNull();
        expect(errors).toHaveLength(1);
      }
    });

    test.each(['', 'abc', '-1', '0', '1.5', ' 1', '9223372036854775808', '1\u0000', '\ud83d', '1'.repeat(100_000)])(
      'names the malformed id %#',
      async (malformed) => {
        const { errors } = await tweets.ask(author, tweets.mutation(name), { input: { tweetId: malformed } });
        expect(errors).toHaveLength(1);
        expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument: 'input.tweetId' });
      },
    );

    test('needs an account', async () => {
      const { errors } = await tweets.ask(null, tweets.mutation(name), { input: { tweetId } });
      expect(errors[0]?.extensions.code).toBe('UNAUTHENTICATED');
      expect(await eventsOf(tweetId)).toEqual(['tweet.posted.v1']);
    });
  },
);

test('a retweet has an id of its own, told with it and with its end', async () => {
  await tweets.mutate(reader, 'retweet', { tweetId });
  await tweets.mutate(reader, 'undoRetweet', { tweetId });
  await tweets.mutate(reader, 'retweet', { tweetId });
  const told = (await tweets.events()).filter(({ name, key }) => key === tweetId && name.startsWith('tweet.retweet'));
  const [first, undone, second] = told.map(({ payload }) => payload);
  expect(first).toEqual({ retweetId: expect.stringMatching(/^\d+$/), tweetId, authorId: author, retweeterId: reader });
  expect(undone).toEqual(first);
  expect(second?.retweetId).not.toBe(first?.retweetId);
  expect(await tweets.tweet(null, String(second?.retweetId), 'id')).toBeNull();
});

const pinnedOf = async (asker: string | null, userId: string) => {
  const [user] = await tweets.entities<{ pinnedTweet: { id: string } | null }>(
    asker,
    'User',
    [{ id: userId }],
    'pinnedTweet { id }',
  );
  return user?.pinnedTweet?.id ?? null;
};

test('one pins one tweet of one’s own, in place of another', async () => {
  const second = await tweets.post(author);
  const pin = (id: string) => tweets.mutate(author, 'pinTweet', { tweetId: id }, 'user { id pinnedTweet { id } }');
  expect(await pin(tweetId)).toEqual({ user: { id: author, pinnedTweet: { id: tweetId } }, userErrors: [] });
  expect(await pin(tweetId)).toEqual({ user: { id: author, pinnedTweet: { id: tweetId } }, userErrors: [] });
  expect(await pin(second)).toEqual({ user: { id: author, pinnedTweet: { id: second } }, userErrors: [] });
  expect(await pinnedOf(null, author)).toBe(second);
  expect(await pinnedOf(null, reader)).toBeNull();
  await tweets.mutate(author, 'unpinTweet', { tweetId });
  expect(await pinnedOf(reader, author)).toBe(second);
  const unpin = () => tweets.mutate(author, 'unpinTweet', { tweetId: second }, 'user { id pinnedTweet { id } }');
  expect(await unpin()).toEqual({ user: { id: author, pinnedTweet: null }, userErrors: [] });
  expect(await unpin()).toEqual({ user: { id: author, pinnedTweet: null }, userErrors: [] });
  const told = (await tweets.events()).filter(({ key }) => key === author).map(({ name, payload }) => [name, payload]);
  expect(told).toEqual([
    ['tweet.pinned.v1', { userId: author, tweetId }],
    ['tweet.pinned.v1', { userId: author, tweetId: second }],
    ['tweet.unpinned.v1', { userId: author, tweetId: second }],
  ]);
});

test.each(['pinTweet', 'unpinTweet'])('%s is for one’s own tweets, as far as they may be seen', async (name) => {
  const refusal = async (id: string) => (await tweets.mutate(reader, name, { tweetId: id })).userErrors[0]?.code;
  expect(await refusal(tweetId)).toBe('FORBIDDEN');
  expect(await refusal(newId('tweet'))).toBe('NOT_FOUND');
  await tweets.block(author, reader);
  expect(await refusal(tweetId)).toBe('NOT_FOUND');
  expect(await pinnedOf(null, author)).toBeNull();
});

test('a pinned tweet goes with its deletion, and is not for who may not see it', async () => {
  await tweets.mutate(author, 'pinTweet', { tweetId });
  await tweets.block(author, reader);
  expect(await pinnedOf(reader, author)).toBeNull();
  expect(await pinnedOf(null, author)).toBe(tweetId);
  await tweets.mutate(author, 'deleteTweet', { tweetId });
  expect(await pinnedOf(null, author)).toBeNull();
  const told = (await tweets.events()).filter(({ key }) => key === author).map(({ name }) => name);
  expect(told).toEqual(['tweet.pinned.v1', 'tweet.unpinned.v1']);
});
