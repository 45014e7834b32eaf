import { createHotMemory } from '@starling/platform/cache';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { createRelationReader, relationKey } from '../src/relation-reader.ts';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
let me = '';
let other = '';
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());
beforeEach(async () => {
  [me = '', other = ''] = await graph.register(2);
});

const VIEW = `followerCount followingCount
  viewer { isFollowing isFollowedBy hasRequestedToFollow isBlocking isBlockedBy isMuting isMutingRetweets }`;

interface View {
  readonly followerCount: number;
  readonly followingCount: number;
  readonly viewer: Readonly<Record<string, boolean>>;
}

/** What is true of the other for me, and of me for the other, with the other's and my counts. */
async function views(): Promise<string[]> {
  const seen = await Promise.all([graph.users<View>(me, [other], VIEW), graph.users<View>(other, [me], VIEW)]);
  return seen.flat().map(({ viewer, followerCount, followingCount }) => {
    const held = Object.keys(viewer).filter((name) => viewer[name]);
    return [...held, followerCount, followingCount].join(' ');
  });
}

test('what is remembered of two accounts is forgotten with whatever changes it, by either of them', async () => {
  const acts: readonly (readonly [string, string, string, readonly string[]])[] = [
    [me, 'followUser', other, ['isFollowing 1 0', 'isFollowedBy 0 1']],
    [other, 'followUser', me, ['isFollowing isFollowedBy 1 1', 'isFollowing isFollowedBy 1 1']],
    [me, 'muteUser', other, ['isFollowing isFollowedBy isMuting 1 1', 'isFollowing isFollowedBy 1 1']],
    [me, 'unfollowUser', other, ['isFollowedBy isMuting 0 1', 'isFollowing 1 0']],
    [me, 'unmuteUser', other, ['isFollowedBy 0 1', 'isFollowing 1 0']],
    [other, 'removeFollower', me, ['isFollowedBy 0 1', 'isFollowing 1 0']],
    [me, 'removeFollower', other, ['0 0', '0 0']],
    [me, 'followUser', other, ['isFollowing 1 0', 'isFollowedBy 0 1']],
    [other, 'blockUser', me, ['isBlockedBy 0 0', 'isBlocking 0 0']],
    [other, 'unblockUser', me, ['0 0', '0 0']],
  ];
  expect(await views()).toEqual(['0 0', '0 0']);
  for (const [actor, act, userId, expected] of acts) {
    await graph.mutate(actor, act, { userId });
    expect(await views(), act).toEqual(expected);
  }
});

test('what an account that opens itself has approved is known at the next read, and counted', async () => {
  for (let round = 1; round <= 10; round += 1) {
    await graph.protect(other);
    await graph.mutate(me, 'followUser', { userId: other });
    expect(await views()).toEqual(['hasRequestedToFollow 0 0', '0 0']);
    await graph.protect(other, false);
    expect(await views()).toEqual(['isFollowing 1 0', 'isFollowedBy 0 1']);
    await graph.mutate(me, 'unfollowUser', { userId: other });
    expect(await views()).toEqual(['0 0', '0 0']);
  }
});

test('a mute that is remembered ends when its time is over', async () => {
  const until = new Date(Date.now() + 3_600_000).toISOString();
  await graph.mutate(me, 'muteUser', { userId: other, until, onlyRetweets: true });
  let now = 5_000;
  const reader = createRelationReader({ database: graph.database, memory: createHotMemory(), now: () => now });
  const key = relationKey({ viewerId: me, userId: other });
  expect(await reader.read([key])).toMatchObject([
    { isMuting: true, isMutingRetweets: true, mutedUntil: new Date(until) },
  ]);
  now += 1_800_000;
  expect(reader.peek(key)).toMatchObject({ isMuting: true });
  now += 1_801_000;
  const ended = { isMuting: false, isMutingRetweets: false, mutedUntil: null };
  expect(reader.peek(key)).toMatchObject(ended);
  expect(await reader.read([key])).toMatchObject([ended]);
});
