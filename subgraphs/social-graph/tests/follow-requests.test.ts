import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
let owner = '';
let ada = '';
let bo = '';
beforeAll(async () => {
  graph = await startSocialGraph({ maxFollowing: 3 });
});
afterAll(() => graph.stop());
beforeEach(async () => {
  [owner = '', ada = '', bo = ''] = await graph.register(3);
  await graph.protect(owner);
});

const VIEW = 'followerCount viewer { isFollowing hasRequestedToFollow }';
const follow = (viewer: string, userId = owner) => graph.mutate(viewer, 'followUser', { userId }, VIEW);
const approve = (userId: string) => graph.mutate(owner, 'approveFollowRequest', { userId }, 'viewer { isFollowedBy }');
const decline = (userId: string) => graph.mutate(owner, 'declineFollowRequest', { userId });
const codes = async (payload: Promise<{ userErrors: readonly { code: string }[] }>) =>
  (await payload).userErrors.map(({ code }) => code);

async function standing(viewer: string): Promise<unknown> {
  return (await graph.users<{ viewer: unknown }>(viewer, [owner], VIEW))[0];
}
const stands = (followerCount: number, isFollowing: boolean, hasRequestedToFollow: boolean) => ({
  followerCount,
  viewer: { isFollowing, hasRequestedToFollow },
});

interface Requests {
  readonly followRequests: {
    readonly nodes: readonly { readonly id: string }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}
async function requests(args = '', viewer = owner) {
  const selection = 'nodes { id } pageInfo { hasNextPage endCursor }';
  const { data, errors } = await graph.ask<Requests>(viewer, `{ followRequests${args} { ${selection} } }`);
  expect(errors).toEqual([]);
  return data.followRequests;
}
const waiting = async () => (await requests()).nodes.map(({ id }) => id);

/** What has been told of the owner's requests and follows, in order. */
async function told() {
  return (await graph.events())
    .filter(({ payload }) => (payload as { followeeId?: string }).followeeId === owner)
    .map(({ name, key, payload }) => [name, key, (payload as { reason?: string }).reason]);
}

describe('SG-4: a protected account', () => {
  test('is asked instead of followed, once, and sees who asks, newest first', async () => {
    expect(await follow(ada)).toEqual({ user: stands(0, false, true), userErrors: [] });
    expect(await follow(ada)).toEqual({ user: stands(0, false, true), userErrors: [] });
    await follow(bo);
    expect(await waiting()).toEqual([bo, ada]);
    const page = await requests('(first: 1)');
    expect(page).toMatchObject({ nodes: [{ id: bo }], pageInfo: { hasNextPage: true } });
    const rest = await requests(`(first: 1, after: "${page.pageInfo.endCursor}")`);
    expect(rest).toMatchObject({ nodes: [{ id: ada }], pageInfo: { hasNextPage: false } });
    expect((await requests('', ada)).nodes).toEqual([]);
    expect(await told()).toEqual([
      ['user.follow-requested.v1', ada, undefined],
      ['user.follow-requested.v1', bo, undefined],
    ]);
  });

  test('approves a request, and can say so again; what nobody asked cannot be approved', async () => {
    await follow(ada);
    expect(await approve(ada)).toEqual({ user: { viewer: { isFollowedBy: true } }, userErrors: [] });
    expect(await codes(approve(ada))).toEqual([]);
    expect(await codes(approve(bo))).toEqual(['NOT_FOUND']);
    expect(await waiting()).toEqual([]);
    expect(await standing(ada)).toEqual(stands(1, true, false));
    expect(await follow(ada)).toEqual({ user: stands(1, true, false), userErrors: [] });
    expect(await told()).toEqual([
      ['user.follow-requested.v1', ada, undefined],
      ['user.follow-request-removed.v1', ada, 'APPROVED'],
      ['user.followed.v1', ada, undefined],
    ]);
  });

  test('declines a request, which can be made again', async () => {
    await follow(ada);
    expect(await codes(decline(ada))).toEqual([]);
    expect(await codes(decline(ada))).toEqual([]);
    expect(await standing(ada)).toEqual(stands(0, false, false));
    expect(await follow(ada)).toEqual({ user: stands(0, false, true), userErrors: [] });
    expect((await told())[1]).toEqual(['user.follow-request-removed.v1', ada, 'DECLINED']);
  });

  test('loses a request that is withdrawn', async () => {
    await follow(ada);
    expect(await codes(graph.mutate(ada, 'unfollowUser', { userId: owner }))).toEqual([]);
    expect(await waiting()).toEqual([]);
    expect(await codes(approve(ada))).toEqual(['NOT_FOUND']);
    expect((await told())[1]).toEqual(['user.follow-request-removed.v1', ada, 'WITHDRAWN']);
  });

  test.each(['owner', 'asker'])('loses a request to a block by the %s', async (who) => {
    await follow(ada);
    const [blocker, blocked] = who === 'owner' ? [owner, ada] : [ada, owner];
    await graph.mutate(blocker, 'blockUser', { userId: blocked });
    expect(await waiting()).toEqual([]);
    expect(await codes(follow(ada))).toEqual(['BLOCKED']);
    await graph.mutate(blocker, 'unblockUser', { userId: blocked });
    expect(await standing(ada)).toEqual(stands(0, false, false));
    expect((await told())[1]).toEqual(['user.follow-request-removed.v1', ada, 'BLOCKED']);
  });

  test('keeps the followers that it had, until they unfollow', async () => {
    await graph.protect(owner, false);
    await follow(ada);
    await graph.protect(owner);
    expect(await standing(ada)).toEqual(stands(1, true, false));
    await graph.mutate(ada, 'unfollowUser', { userId: owner });
    expect(await follow(ada)).toEqual({ user: stands(0, false, true), userErrors: [] });
  });

  test('approves all requests by being protected no longer, once for each time', async () => {
    await follow(ada);
    await follow(bo);
    await graph.protect(owner, false);
    expect(await standing(ada)).toEqual(stands(2, true, false));
    expect(await standing(bo)).toEqual(stands(2, true, false));
    const [followers] = await graph.users<{ followers: { nodes: { id: string }[] } }>(
      owner,
      [owner],
      'followers { nodes { id } }',
    );
    expect(followers?.followers.nodes.map(({ id }) => id)).toEqual([bo, ada]);
    await graph.protect(owner);
    await graph.mutate(ada, 'unfollowUser', { userId: owner });
    await follow(ada);
    // The event that opened the account comes again: it is not open now.
    await graph.eventLog.processAll();
    await redeliverForTests(graph.database, 'social-graph.copies');
    await graph.eventLog.processAll();
    expect(await standing(ada)).toEqual(stands(1, false, true));
    expect(await waiting()).toEqual([ada]);
  });

  test('approves all who ask, however many, in their order and a thousand in each transaction', async () => {
    const asking = Array.from({ length: 2_500 }, (_, index) => String(index + 1));
    await graph.database.pool.query(
      `INSERT INTO social_graph.follow_requests (follower_id, followee_id)
       SELECT follower_id, $2 FROM unnest($1::bigint[]) WITH ORDINALITY AS asking (follower_id, place) ORDER BY place`,
      [asking, owner],
    );
    await follow(ada);
    await graph.protect(owner, false);
    expect(await standing(ada)).toEqual(stands(2_501, true, false));
    expect(await waiting()).toEqual([]);
    const { rows } = await graph.database.pool.query<{ followers: string[] }>(
      `SELECT array_agg(payload->>'followerId' ORDER BY position) AS followers FROM platform.outbox
       WHERE name = 'user.followed.v1' AND payload->>'followeeId' = $1 GROUP BY transaction_id ORDER BY min(position)`,
      [owner],
    );
    expect(rows.map(({ followers }) => followers.length)).toEqual([1_000, 1_000, 501]);
    expect(rows.flatMap(({ followers }) => followers)).toEqual([...asking, ada]);
  });

  test('counts requests among what one may follow, so that an approval never exceeds it', async () => {
    const [a = '', b = '', c = ''] = await graph.register(3);
    await graph.protect(b);
    for (const userId of [owner, a, b]) expect(await codes(follow(ada, userId))).toEqual([]);
    expect(await codes(follow(ada, c))).toEqual(['LIMIT_REACHED']);
    await approve(ada);
    expect(await codes(follow(ada, c))).toEqual(['LIMIT_REACHED']);
    await graph.mutate(ada, 'unfollowUser', { userId: b });
    expect(await codes(follow(ada, c))).toEqual([]);
  });

  test('shows who follows it and whom it follows to its followers and itself alone; counts to everybody', async () => {
    await follow(ada);
    await approve(ada);
    await graph.mutate(owner, 'followUser', { userId: bo });
    await graph.mutate(bo, 'followUser', { userId: ada });
    const lists = `followerCount followingCount
      followers { nodes { id } } following { nodes { id } } followersYouKnow { nodes { id } }`;
    const read = async (viewer: string | null) => (await graph.users<object>(viewer, [owner], lists))[0];
    const counts = { followerCount: 1, followingCount: 1 };
    const open = { ...counts, followers: { nodes: [{ id: ada }] }, following: { nodes: [{ id: bo }] } };
    const closed = { ...counts, followers: { nodes: [] }, following: { nodes: [] } };
    expect(await read(owner)).toMatchObject(open);
    expect(await read(ada)).toMatchObject(open);
    expect(await read(bo)).toEqual({ ...closed, followersYouKnow: { nodes: [] } });
    expect(await read(null)).toEqual({ ...closed, followersYouKnow: null });
    await graph.protect(owner, false);
    expect(await read(bo)).toEqual({ ...open, followersYouKnow: { nodes: [{ id: ada }] } });
  });

  test('needs an account to be asked about', async () => {
    const { errors } = await graph.ask(null, '{ followRequests { nodes { id } } }');
    expect(errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  });
});

test('requests racing with openings, answers and blocks leave true events and never a follow beside a request', async () => {
  const people = await graph.register(6);
  const acts = ['followUser', 'unfollowUser', 'blockUser', 'unblockUser', 'followUser'];
  const answers = ['approveFollowRequest', 'declineFollowRequest', 'approveFollowRequest'];
  for (let round = 0; round < 12; round += 1) {
    await Promise.all([
      graph.protect(owner, round % 3 === 2),
      ...people.map((one, i) => graph.mutate(one, acts[(i + round) % acts.length] ?? '', { userId: owner })),
      ...people.map((one, i) => graph.mutate(owner, answers[(i + round) % answers.length] ?? '', { userId: one })),
      graph.protect(owner, round % 2 === 0),
    ]);
    await graph.eventLog.processAll();
    const { rows } = await graph.database.pool.query<{ requests: string[]; follows: string[] }>(
      `SELECT
         ARRAY(SELECT follower_id::text FROM social_graph.follow_requests WHERE followee_id = $1 ORDER BY 1) AS requests,
         ARRAY(SELECT follower_id::text FROM social_graph.follows WHERE followee_id = $1 ORDER BY 1) AS follows`,
      [owner],
    );
    const requested = new Set<string>();
    const followers = new Set<string>();
    for (const [name, key] of await told()) {
      const one = key ?? '';
      if (name === 'user.follow-requested.v1') expect(requested.has(one) || followers.has(one)).toBe(false);
      if (name === 'user.follow-requested.v1') requested.add(one);
      if (name === 'user.follow-request-removed.v1') expect(requested.delete(one)).toBe(true);
      if (name === 'user.followed.v1') expect(followers.has(one)).toBe(false);
      if (name === 'user.followed.v1') followers.add(one);
      if (name === 'user.unfollowed.v1') expect(followers.delete(one)).toBe(true);
    }
    expect(rows).toEqual([{ requests: [...requested].sort(), follows: [...followers].sort() }]);
  }
});
