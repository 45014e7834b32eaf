import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
let viewer: string;
let liker: string;
/** What a page may show, the newest first: 5 of 100. */
let shown: string[];
beforeAll(async () => {
  tweets = await startTweets();
  [viewer, liker] = [await tweets.register(), await tweets.register()];
  const [author, blocking] = [await tweets.register(), await tweets.register()];
  const drafts = Array.from({ length: 3_000 }, (_, turn) => ({
    id: newId('tweet'),
    authorId: turn % 20 === 0 ? author : blocking,
  }));
  await tweets.importTweets(drafts);
  await tweets.block(blocking, viewer);
  const ids = drafts.map(({ id }) => id);
  for (const [table, user] of [
    ['likes', liker],
    ['bookmarks', viewer],
  ]) {
    await tweets.database.pool.query(
      `INSERT INTO tweets.${table} (user_id, tweet_id)
       SELECT $1, id FROM unnest($2::bigint[]) WITH ORDINALITY AS one (id, place) ORDER BY place`,
      [user, ids],
    );
  }
  shown = ids.filter((_, turn) => turn % 20 === 0).reverse();
});
afterAll(() => tweets.stop());

interface List {
  readonly nodes: readonly { readonly id: string }[];
  readonly pageInfo: { readonly hasNextPage: boolean };
}
const FIELDS = '(first: $first) { nodes { id } pageInfo { hasNextPage } }';

const likes = async (first: number) =>
  (
    await tweets.get<{ _entities: [{ likes: List }] }>(
      viewer,
      `query ($of: [_Any!]!, $first: Int) { _entities(representations: $of) { ... on User { likes${FIELDS} } } }`,
      { of: [{ __typename: 'User', id: liker }], first },
    )
  )._entities[0].likes;
const bookmarks = async (first: number) =>
  (await tweets.get<{ bookmarks: List }>(viewer, `query ($first: Int) { bookmarks${FIELDS} }`, { first })).bookmarks;

describe.each([
  ['likes', likes, 'tweets.listLikes'],
  ['bookmarks', bookmarks, 'tweets.listBookmarks'],
])('a page of %s of which 95 in 100 are hidden', (_, read, statement) => {
  test.each([1, 20, 100])('is full with %i, in three statements at most', async (first) => {
    let page = await read(first);
    const statements = await tweets.statementsOf(async () => {
      page = await read(first);
    });
    expect(page.nodes.map(({ id }) => id)).toEqual(shown.slice(0, first));
    expect(page.pageInfo.hasNextPage).toBe(true);
    expect(statements.filter((name) => name === statement).length).toBeLessThanOrEqual(3);
  });
});
