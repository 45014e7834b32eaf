import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());

const eventsOf = async (...keys: string[]) => (await graph.events()).filter(({ key }) => keys.includes(key));

describe('SG-3: block', () => {
  const VIEW = 'viewer { isFollowing isFollowedBy isBlocking isBlockedBy }';
  const block = (viewer: string, userId: string) => graph.mutate(viewer, 'blockUser', { userId }, VIEW);

  test('ends follows both ways with events of each, and the very next read says so on both sides', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await graph.mutate(a, 'followUser', { userId: b });
    await graph.mutate(b, 'followUser', { userId: a });
    const blocking = { isFollowing: false, isFollowedBy: false, isBlocking: true, isBlockedBy: false };
    expect(await block(a, b)).toEqual({ user: { viewer: blocking }, userErrors: [] });
    expect(await graph.users(b, [a], `${VIEW} followerCount followingCount`)).toEqual([
      {
        viewer: { isFollowing: false, isFollowedBy: false, isBlocking: false, isBlockedBy: true },
        followerCount: 0,
        followingCount: 0,
      },
    ]);
    expect((await eventsOf(a, b)).slice(2)).toEqual([
      { name: 'user.unfollowed.v1', key: a, payload: { followerId: a, followeeId: b } },
      { name: 'user.unfollowed.v1', key: b, payload: { followerId: b, followeeId: a } },
      { name: 'user.blocked.v1', key: a, payload: { blockerId: a, blockedId: b } },
    ]);
  });

  test('blocking and unblocking again change nothing, and follows do not come back', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await graph.mutate(a, 'followUser', { userId: b });
    await block(a, b);
    await block(a, b);
    const unblock = () => graph.mutate(a, 'unblockUser', { userId: b }, VIEW);
    const nothing = { isFollowing: false, isFollowedBy: false, isBlocking: false, isBlockedBy: false };
    expect(await unblock()).toEqual({ user: { viewer: nothing }, userErrors: [] });
    expect(await unblock()).toEqual({ user: { viewer: nothing }, userErrors: [] });
    expect((await eventsOf(a)).map(({ name }) => name)).toEqual([
      'user.followed.v1',
      'user.unfollowed.v1',
      'user.blocked.v1',
      'user.unblocked.v1',
    ]);
  });

  test('two blocks are two: ending one leaves the other', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await block(a, b);
    await block(b, a);
    await graph.mutate(a, 'unblockUser', { userId: b });
    expect(await graph.users(a, [b], VIEW)).toEqual([
      { viewer: { isFollowing: false, isFollowedBy: false, isBlocking: false, isBlockedBy: true } },
    ]);
    expect(await graph.mutate(a, 'followUser', { userId: b })).toMatchObject({ userErrors: [{ code: 'BLOCKED' }] });
  });
});

describe('SG-3: mute', () => {
  const VIEW = 'viewer { isFollowing isMuting mutedUntil isMutingRetweets }';
  const mute = (viewer: string, input: object) => graph.mutate(viewer, 'muteUser', input, VIEW);
  const later = new Date(Date.now() + 3_600_000).toISOString();

  test('a mute leaves follows alone, and nobody else sees it', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await graph.mutate(a, 'followUser', { userId: b });
    const muting = { isFollowing: true, isMuting: true, mutedUntil: null, isMutingRetweets: false };
    expect(await mute(a, { userId: b })).toEqual({ user: { viewer: muting }, userErrors: [] });
    expect(await graph.users(b, [a], VIEW)).toEqual([
      { viewer: { isFollowing: false, isMuting: false, mutedUntil: null, isMutingRetweets: false } },
    ]);
  });

  test('muting again replaces end and extent, each change with an event; the same again is none', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await mute(a, { userId: b });
    await mute(a, { userId: b, onlyRetweets: null });
    expect(await mute(a, { userId: b, until: later, onlyRetweets: true })).toEqual({
      user: { viewer: { isFollowing: false, isMuting: true, mutedUntil: later, isMutingRetweets: true } },
      userErrors: [],
    });
    await mute(a, { userId: b, until: later, onlyRetweets: true });
    expect(await mute(a, { userId: b })).toMatchObject({
      user: { viewer: { mutedUntil: null, isMutingRetweets: false } },
    });
    const payload = { muterId: a, mutedId: b };
    expect((await eventsOf(a)).map(({ payload }) => payload)).toEqual([
      { ...payload, until: null, onlyRetweets: false },
      { ...payload, until: later, onlyRetweets: true },
      { ...payload, until: null, onlyRetweets: false },
    ]);
  });

  test('unmuting ends it, once, and can be said again', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await mute(a, { userId: b });
    const unmute = () => graph.mutate(a, 'unmuteUser', { userId: b }, VIEW);
    const nothing = { isFollowing: false, isMuting: false, mutedUntil: null, isMutingRetweets: false };
    expect(await unmute()).toEqual({ user: { viewer: nothing }, userErrors: [] });
    expect(await unmute()).toEqual({ user: { viewer: nothing }, userErrors: [] });
    expect((await eventsOf(a)).map(({ name }) => name)).toEqual(['user.muted.v1', 'user.unmuted.v1']);
  });

  test('an end that has passed is refused, and changes nothing', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await mute(a, { userId: b, until: later });
    for (const until of ['2020-01-01T00:00:00Z', new Date().toISOString()]) {
      expect(await mute(a, { userId: b, until })).toEqual({
        user: null,
        userErrors: [{ code: 'INVALID', field: ['input', 'until'] }],
      });
    }
    expect(await graph.users(a, [b], VIEW)).toMatchObject([{ viewer: { mutedUntil: later } }]);
  });

  test('a mute that has ended counts as none: in the view, in the list, and for a new one', async () => {
    const [a = '', b = '', c = ''] = await graph.register(3);
    await mute(a, { userId: b, until: later, onlyRetweets: true });
    await mute(a, { userId: c });
    await graph.database.pool.query(
      `UPDATE social_graph.mutes SET until = now() WHERE muter_id = $1 AND muted_id = $2`,
      [a, b],
    );
    graph.memory.clear();
    expect(await graph.users(a, [b], VIEW)).toEqual([
      { viewer: { isFollowing: false, isMuting: false, mutedUntil: null, isMutingRetweets: false } },
    ]);
    const list = () => graph.ask(a, '{ mutedUsers { nodes { id } } }');
    expect((await list()).data).toEqual({ mutedUsers: { nodes: [{ id: c }] } });
    await mute(a, { userId: b });
    expect((await list()).data).toEqual({ mutedUsers: { nodes: [{ id: b }, { id: c }] } });
  });

  test('one may mute whom one blocks, and still finds the mute', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await graph.mutate(a, 'blockUser', { userId: b });
    await mute(a, { userId: b });
    expect((await graph.ask(a, '{ mutedUsers { nodes { id } } blockedUsers { nodes { id } } }')).data).toEqual({
      mutedUsers: { nodes: [{ id: b }] },
      blockedUsers: { nodes: [{ id: b }] },
    });
  });
});

describe('UserViewer', () => {
  test('is null when signed out, and of oneself says no more than that', async () => {
    const [a = ''] = await graph.register(1);
    const VIEW = 'viewer { isSelf isFollowing isBlocking isMuting }';
    expect(await graph.users(null, [a], VIEW)).toEqual([{ viewer: null }]);
    expect(await graph.users(a, [a], VIEW)).toEqual([
      { viewer: { isSelf: true, isFollowing: false, isBlocking: false, isMuting: false } },
    ]);
  });
});
