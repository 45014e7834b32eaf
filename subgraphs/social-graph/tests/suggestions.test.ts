import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());

interface Page {
  readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

async function page(viewer: string, first = 20, after: string | null = null): Promise<Page> {
  const document = `query ($first: Int, $after: String) { suggestedUsers(first: $first, after: $after) {
    edges { cursor node { id } } pageInfo { hasNextPage endCursor } } }`;
  const { data, errors } = await graph.ask<{ suggestedUsers: Page }>(viewer, document, { first, after });
  expect(errors).toEqual([]);
  return data.suggestedUsers;
}

const idsOf = ({ edges }: Page) => edges.map(({ node }) => node.id);

/** Whom the viewer gets suggested of these, in this order: others of this database may be suggested as well. */
async function suggested(viewer: string, among: readonly string[]): Promise<string[]> {
  return idsOf(await page(viewer, 100)).filter((id) => among.includes(id));
}

async function follow(...pairs: readonly (readonly [string, readonly string[]])[]): Promise<void> {
  for (const [follower, followees] of pairs) {
    for (const userId of followees) {
      expect(await graph.mutate(follower, 'followUser', { userId })).toMatchObject({ userErrors: [] });
    }
  }
}

/** A viewer with two friends who both follow `best`, and one of them `good` and `fair`, of whom `good` has more followers. */
async function circle() {
  const [me = '', ann = '', bob = '', best = '', good = '', fair = '', ...fans] = await graph.register(8);
  await follow(
    [me, [ann, bob]],
    [ann, [best, good, fair]],
    [bob, [best]],
    ...fans.map((fan) => [fan, [good]] as const),
  );
  return { me, best, good, fair, people: [me, ann, bob, best, good, fair, ...fans] };
}

describe('SG-5: whom to follow', () => {
  test('whom most friends follow, then the larger account; nobody twice', async () => {
    const { me, best, good, fair, people } = await circle();
    expect(await suggested(me, people)).toEqual([best, good, fair]);
  });

  test('who follows nobody gets the largest accounts; whom a friend follows stands before them', async () => {
    const [me = '', friend = '', star = '', small = '', ...crowd] = await graph.register(20);
    await follow(...crowd.map((one) => [one, [star]] as const), [friend, [small]]);
    expect(await suggested(me, [star, small])).toEqual([star, small]);
    await follow([me, [friend]]);
    expect(await suggested(me, [star, small])).toEqual([small, star]);
  });

  test.each([
    ['followed', 'followUser'],
    ['blocked', 'blockUser'],
    ['muted', 'muteUser'],
    ['dismissed', 'dismissSuggestion'],
  ])('never somebody %s, at the next read', async (_what, mutation) => {
    const { me, best, good, fair, people } = await circle();
    expect(await graph.mutate(me, mutation, { userId: best })).toEqual({ user: { id: best }, userErrors: [] });
    expect(await suggested(me, people)).toEqual([good, fair]);
  });

  test('never somebody who blocks the viewer, nor whom the viewer has asked to follow', async () => {
    const { me, best, good, fair, people } = await circle();
    await graph.mutate(best, 'blockUser', { userId: me });
    await graph.protect(good);
    await graph.mutate(me, 'followUser', { userId: good });
    expect(await suggested(me, people)).toEqual([fair]);
    await graph.mutate(best, 'unblockUser', { userId: me });
    await graph.mutate(me, 'unfollowUser', { userId: good });
    expect(await suggested(me, people)).toEqual([best, good, fair]);
  });

  test('a mute of retweets, and one that has ended, hide nobody', async () => {
    const { me, best, good, fair, people } = await circle();
    await graph.mutate(me, 'muteUser', { userId: best, onlyRetweets: true });
    await graph.mutate(me, 'muteUser', { userId: good, until: new Date(Date.now() + 3_600_000).toISOString() });
    expect(await suggested(me, people)).toEqual([best, fair]);
    await graph.database.pool.query(
      `UPDATE social_graph.mutes SET until = now() WHERE muter_id = $1 AND until > now()`,
      [me],
    );
    expect(await suggested(me, people)).toEqual([best, good, fair]);
  });

  test('pages are full until the end, and name nobody twice', async () => {
    const [me = '', friend = '', ...people] = await graph.register(53);
    await follow([me, [friend]], [friend, people]);
    for (const userId of people.filter((_, index) => index % 2 === 0)) {
      await graph.mutate(me, 'dismissSuggestion', { userId });
    }
    const whole = idsOf(await page(me, 100));
    expect(new Set(whole).size).toBe(whole.length);
    expect(whole.slice(0, 25).sort()).toEqual(people.filter((_, index) => index % 2 === 1).sort());
    const read: string[] = [];
    let after: string | null = null;
    for (;;) {
      const { pageInfo, ...rest }: Page = await page(me, 7, after);
      read.push(...idsOf({ pageInfo, ...rest }));
      if (!pageInfo.hasNextPage) break;
      expect(rest.edges).toHaveLength(7);
      after = pageInfo.endCursor;
    }
    expect(read).toEqual(whole);
  });

  test('of the dismissed, the latest thousand are remembered', async () => {
    const { me, best, good, fair, people } = await circle();
    await graph.mutate(me, 'dismissSuggestion', { userId: best });
    await graph.database.pool.query(
      `INSERT INTO social_graph.dismissed_suggestions (viewer_id, user_id) SELECT $1, generate_series(1, 999)`,
      [me],
    );
    expect(await suggested(me, people)).toEqual([good, fair]);
    await graph.mutate(me, 'dismissSuggestion', { userId: good });
    expect(await suggested(me, people)).toEqual([best, fair]);
  });

  test('what cannot be done is said, and changes nothing', async () => {
    const { me, best, good, fair, people } = await circle();
    expect(await graph.mutate(me, 'dismissSuggestion', { userId: me })).toMatchObject({
      user: null,
      userErrors: [{ code: 'SELF', field: ['input', 'userId'] }],
    });
    expect(await graph.mutate(me, 'dismissSuggestion', { userId: newId() })).toMatchObject({
      user: null,
      userErrors: [{ code: 'NOT_FOUND', field: ['input', 'userId'] }],
    });
    expect(await suggested(me, people)).toEqual([best, good, fair]);
    const { errors } = await graph.ask(null, '{ suggestedUsers { nodes { id } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    const { edges } = await page(me, 1);
    const theirs = await graph.ask(best, `{ suggestedUsers(after: "${edges[0]?.cursor}") { nodes { id } } }`);
    expect(theirs.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'after' } }]);
  });
});
