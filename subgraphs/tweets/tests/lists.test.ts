import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let author: string;
let tweetId: string;

beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());
beforeEach(async () => {
  author = await tweets.register();
  tweetId = await tweets.post(author);
});

interface Page {
  readonly edges: { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly nodes: { readonly id: string }[];
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
}

const PAGE = 'edges { cursor node { id } } nodes { id } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }';

const LISTS = [
  { list: 'likedBy', add: 'likeTweet', remove: 'unlikeTweet' },
  { list: 'retweetedBy', add: 'retweet', remove: 'undoRetweet' },
] as const;

describe.each(LISTS)('Tweet.$list', ({ list, add, remove }) => {
  const source = `query ($id: ID!, $first: Int, $after: String, $last: Int, $before: String) {
    tweet(id: $id) { id ${list}(first: $first, after: $after, last: $last, before: $before) { ${PAGE} } }
  }`;

  const read = async (
    asker: string | null,
    page: { first?: number; after?: string | null; last?: number; before?: string | null } = {},
  ) => {
    const { tweet } = await tweets.get<{ tweet: Record<string, Page> }>(asker, source, { id: tweetId, ...page });
    return tweet[list] as Page;
  };

  async function engage(number: number): Promise<string[]> {
    const people: string[] = [];
    for (let index = 0; index < number; index += 1) {
      const person = newId();
      await tweets.mutate(person, add, { tweetId });
      people.unshift(person);
    }
    return people;
  }

  test('is who did it, the last first, page by page to the end', async () => {
    const people = await engage(5);
    const first = await read(null, { first: 2 });
    expect(first.nodes.map(({ id }) => id)).toEqual(people.slice(0, 2));
    expect(first.edges.map(({ node }) => node)).toEqual(first.nodes);
    expect(first.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: false,
      startCursor: first.edges[0]?.cursor,
      endCursor: first.edges[1]?.cursor,
    });
    await engage(1);
    const second = await read(null, { first: 2, after: first.pageInfo.endCursor });
    expect(second.nodes.map(({ id }) => id)).toEqual(people.slice(2, 4));
    const last = await read(null, { first: 2, after: second.pageInfo.endCursor });
    expect(last.nodes.map(({ id }) => id)).toEqual(people.slice(4));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  test('can be read backwards, to the same pages', async () => {
    const people = await engage(5);
    const last = await read(null, { last: 2 });
    expect(last.nodes.map(({ id }) => id)).toEqual(people.slice(3));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    const before = await read(null, { last: 2, before: last.pageInfo.startCursor });
    expect(before.nodes.map(({ id }) => id)).toEqual(people.slice(1, 3));
    expect(before.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: true });
    const first = await read(null, { last: 2, before: before.pageInfo.startCursor });
    expect(first.nodes.map(({ id }) => id)).toEqual(people.slice(0, 1));
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
  });

  test('lets go of who took it back, and puts who does it again on top', async () => {
    const [last, first] = (await engage(2)) as [string, string];
    await tweets.mutate(first, remove, { tweetId });
    expect((await read(null)).nodes).toEqual([{ id: last }]);
    await tweets.mutate(first, add, { tweetId });
    expect((await read(null)).nodes).toEqual([{ id: first }, { id: last }]);
  });

  test('leaves out who is in a block with the viewer, and fills the page up', async () => {
    const people = await engage(12);
    const reader = await tweets.register();
    const shown = people.filter((_, index) => index % 4 === 3);
    for (const [index, person] of people.entries()) {
      if (shown.includes(person)) continue;
      await (index % 2 === 0 ? tweets.block(reader, person) : tweets.block(person, reader));
    }
    const page = await read(reader, { first: 2 });
    expect(page.nodes.map(({ id }) => id)).toEqual(shown.slice(0, 2));
    expect(page.pageInfo.hasNextPage).toBe(true);
    const rest = await read(reader, { first: 2, after: page.pageInfo.endCursor });
    expect(rest.nodes.map(({ id }) => id)).toEqual(shown.slice(2));
    expect(rest.pageInfo.hasNextPage).toBe(false);
    expect((await read(reader, { last: 2 })).nodes.map(({ id }) => id)).toEqual(shown.slice(-2));
    expect((await read(null, { first: 100 })).nodes).toHaveLength(12);
    expect(await tweets.tweet(reader, tweetId, 'likeCount retweetCount')).toMatchObject(
      list === 'likedBy' ? { likeCount: 12 } : { retweetCount: 12 },
    );
  });

  test('muting hides nobody from it', async () => {
    const [person] = (await engage(1)) as [string];
    await tweets.mute(author, person);
    expect((await read(author)).nodes).toEqual([{ id: person }]);
  });

  test.each([
    [{ first: 0 }, 'first'],
    [{ first: -1 }, 'first'],
    [{ first: 101 }, 'first'],
    [{ last: 0 }, 'last'],
    [{ last: -1 }, 'last'],
    [{ last: 101 }, 'last'],
    [{ first: 1, last: 1 }, 'last'],
    [{ before: 'nonsense' }, 'before'],
    [{ after: 'nonsense' }, 'after'],
    [{ after: '\u0000' }, 'after'],
  ])('the page %j is none', async (page, argument) => {
    const { data, errors } = await tweets.ask(null, source, { id: tweetId, ...page });
    expect(data).toEqual({ tweet: { id: tweetId, [list]: null } });
    expect(errors[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });
});

test('Tweet.quotes is what quotes it, the newest first', async () => {
  const [other, blocked] = [await tweets.register(), await tweets.register()];
  const quotes: string[] = [];
  for (const person of [other, blocked, other]) quotes.unshift(await tweets.post(person, { quotedTweetId: tweetId }));
  await tweets.block(blocked, author);
  const read = (asker: string | null, first: number, after: string | null = null) =>
    tweets.get<{ tweet: { quotes: Page } }>(
      asker,
      `query ($id: ID!, $first: Int, $after: String) { tweet(id: $id) { quotes(first: $first, after: $after) { ${PAGE} } } }`,
      { id: tweetId, first, after },
    );
  const all = await read(null, 100);
  expect(all.tweet.quotes.nodes.map(({ id }) => id)).toEqual(quotes);
  const first = await read(author, 1);
  expect(first.tweet.quotes.nodes).toEqual([{ id: quotes[0] }]);
  const second = await read(author, 1, first.tweet.quotes.pageInfo.endCursor);
  expect(second.tweet.quotes).toMatchObject({ nodes: [{ id: quotes[2] }], pageInfo: { hasNextPage: false } });
});

test.each<[string, { first?: number; last?: number }, number, number[]]>([
  ['forwards', { first: 2 }, 0, [1, 2]],
  ['backwards', { last: 2 }, 3, [1, 2]],
  ['forwards, when nothing else was on it', { first: 1 }, 0, [1]],
])('what is deleted while a page is read %s leaves its place to what follows', async (_, page, gone, left) => {
  const quotes: string[] = [];
  for (let number = 0; number < 4; number++) quotes.unshift(await tweets.post(author, { quotedTweetId: tweetId }));
  await tweets.forgetCached();
  let isDeleted = false;
  // The list is read by then, and the rows of its tweets are not.
  tweets.beforeLookUp(async (keys) => {
    if (isDeleted || !keys.some((key) => key.endsWith(quotes[gone] as string))) return;
    isDeleted = true;
    await tweets.mutate(author, 'deleteTweet', { tweetId: quotes[gone] });
  });
  const { tweet } = await tweets.get<{ tweet: { quotes: Page } }>(
    null,
    `query ($id: ID!, $first: Int, $last: Int) { tweet(id: $id) { quotes(first: $first, last: $last) { ${PAGE} } } }`,
    { id: tweetId, ...page },
  );
  expect(isDeleted).toBe(true);
  expect(tweet.quotes.nodes.map(({ id }) => id)).toEqual(left.map((place) => quotes[place]));
  expect(tweet.quotes.pageInfo).toEqual({
    hasNextPage: 'first' in page,
    hasPreviousPage: 'last' in page,
    startCursor: tweet.quotes.edges[0]?.cursor,
    endCursor: tweet.quotes.edges.at(-1)?.cursor,
  });
});

test('User.likes is what one likes, liked last first; none across a block', async () => {
  const [person, hidden] = [await tweets.register(), await tweets.register()];
  const other = await tweets.post(author);
  const theirs = await tweets.post(hidden);
  for (const liked of [other, theirs, tweetId]) await tweets.mutate(person, 'likeTweet', { tweetId: liked });
  const likes = async (asker: string | null) => {
    const [user] = await tweets.entities<{ likes: Page }>(asker, 'User', [{ id: person }], `likes { ${PAGE} }`);
    return user?.likes.nodes.map(({ id }) => id);
  };
  expect(await likes(null)).toEqual([tweetId, theirs, other]);
  await tweets.block(hidden, author);
  expect(await likes(author)).toEqual([tweetId, other]);
  await tweets.block(person, author);
  expect(await likes(author)).toEqual([]);
  expect(await likes(person)).toEqual([theirs]);
});
