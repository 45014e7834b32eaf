import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { newId, startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph({ maxFollowing: 5 });
});
afterAll(() => graph.stop());

const VIEW = 'id followerCount followingCount viewer { isSelf isFollowing isFollowedBy hasRequestedToFollow }';
const follow = (viewer: string, userId: string) => graph.mutate(viewer, 'followUser', { userId }, VIEW);
const done = (user: object) => ({ user, userErrors: [] });
const refused = (code: string, field: string[] | null = ['input', 'userId']) => ({
  user: null,
  userErrors: [{ code, field }],
});

describe('SG-1: follow and unfollow', () => {
  test('the payload shows the follow and the exact counts, and following again changes nothing', async () => {
    const [a = '', b = ''] = await graph.register(2);
    const viewer = { isSelf: false, isFollowing: true, isFollowedBy: false, hasRequestedToFollow: false };
    const expected = done({ id: b, followerCount: 1, followingCount: 0, viewer });
    expect(await follow(a, b)).toEqual(expected);
    expect(await follow(a, b)).toEqual(expected);
    expect(await graph.users(b, [a], VIEW)).toEqual([
      {
        id: a,
        followerCount: 0,
        followingCount: 1,
        viewer: { isSelf: false, isFollowing: false, isFollowedBy: true, hasRequestedToFollow: false },
      },
    ]);
    expect((await graph.events()).filter(({ key }) => key === a)).toEqual([
      { name: 'user.followed.v1', key: a, payload: { followerId: a, followeeId: b } },
    ]);
  });

  test('unfollowing ends it, once, and can be said again', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await follow(a, b);
    const expected = done({ id: b, followerCount: 0, viewer: { isFollowing: false } });
    const unfollow = () => graph.mutate(a, 'unfollowUser', { userId: b }, 'id followerCount viewer { isFollowing }');
    expect(await unfollow()).toEqual(expected);
    expect(await unfollow()).toEqual(expected);
    expect((await graph.events()).filter(({ key }) => key === a)).toEqual([
      { name: 'user.followed.v1', key: a, payload: { followerId: a, followeeId: b } },
      { name: 'user.unfollowed.v1', key: a, payload: { followerId: a, followeeId: b } },
    ]);
  });

  test('removeFollower ends the follow of the other side only, and says so under its key', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await follow(a, b);
    await follow(b, a);
    const remove = () =>
      graph.mutate(a, 'removeFollower', { userId: b }, 'followingCount viewer { isFollowing isFollowedBy }');
    const expected = done({ followingCount: 0, viewer: { isFollowing: true, isFollowedBy: false } });
    expect(await remove()).toEqual(expected);
    expect(await remove()).toEqual(expected);
    expect((await graph.events()).at(-1)).toEqual({
      name: 'user.unfollowed.v1',
      key: b,
      payload: { followerId: b, followeeId: a },
    });
  });

  test('an account registered a moment ago can be followed, and can follow', async () => {
    const [a = ''] = await graph.register(1);
    const [b = ''] = await graph.register(1);
    expect(await follow(a, b)).toMatchObject({ userErrors: [] });
  });

  test('nobody acts on themselves', async () => {
    const [a = ''] = await graph.register(1);
    for (const mutation of [
      'followUser',
      'unfollowUser',
      'removeFollower',
      'blockUser',
      'unblockUser',
      'muteUser',
      'unmuteUser',
    ]) {
      expect(await graph.mutate(a, mutation, { userId: a }), mutation).toEqual(refused('SELF'));
    }
    expect((await graph.events()).filter(({ key }) => key === a)).toEqual([]);
  });

  test('an account that there is not, and an id of another kind, are not found', async () => {
    const [a = ''] = await graph.register(1);
    for (const userId of [newId(), newId('tweet'), '1', '9223372036854775807']) {
      for (const mutation of ['followUser', 'unfollowUser', 'removeFollower', 'blockUser', 'unblockUser', 'muteUser']) {
        expect(await graph.mutate(a, mutation, { userId }), mutation).toEqual(refused('NOT_FOUND'));
      }
    }
  });

  test('a block, either way, is in the way', async () => {
    const [a = '', b = ''] = await graph.register(2);
    await graph.mutate(a, 'blockUser', { userId: b });
    expect(await follow(a, b)).toEqual(refused('BLOCKED'));
    expect(await follow(b, a)).toEqual(refused('BLOCKED'));
    await graph.mutate(a, 'unblockUser', { userId: b });
    expect(await follow(b, a)).toMatchObject({ userErrors: [] });
  });

  test('the limit is exact: what is followed already stays success, and unfollowing makes room', async () => {
    const [a = '', ...others] = await graph.register(7);
    const [first = '', , , , , sixth = ''] = others;
    for (const other of others.slice(0, 5)) expect(await follow(a, other)).toMatchObject({ userErrors: [] });
    expect(await follow(a, sixth)).toEqual(refused('LIMIT_REACHED', null));
    expect(await follow(a, first)).toMatchObject({ userErrors: [] });
    await graph.mutate(a, 'unfollowUser', { userId: first });
    expect(await follow(a, sixth)).toMatchObject({ userErrors: [] });
  });

  test('the limit is exact when everything is asked for at once', async () => {
    const [a = '', ...others] = await graph.register(13);
    const payloads = await Promise.all(others.map((other) => follow(a, other)));
    expect(payloads.filter(({ userErrors }) => userErrors.length === 0)).toHaveLength(5);
    expect(await graph.users(null, [a], 'followingCount')).toEqual([{ followingCount: 5 }]);
  });

  test('several mutations of one request see what came before them', async () => {
    const [a = '', b = ''] = await graph.register(2);
    const payload = '{ user { followerCount viewer { isFollowing isBlocking } } }';
    const { data } = await graph.ask(
      a,
      `mutation ($user: ID!) {
        one: followUser(input: { userId: $user }) ${payload}
        two: blockUser(input: { userId: $user }) ${payload}
        three: unblockUser(input: { userId: $user }) ${payload}
      }`,
      { user: b },
    );
    expect(data).toEqual({
      one: { user: { followerCount: 1, viewer: { isFollowing: true, isBlocking: false } } },
      two: { user: { followerCount: 0, viewer: { isFollowing: false, isBlocking: true } } },
      three: { user: { followerCount: 0, viewer: { isFollowing: false, isBlocking: false } } },
    });
  });
});
