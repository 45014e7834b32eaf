import { afterAll, beforeAll, expect, test } from 'vitest';
import { addFollowsInBulk } from '../src/index.ts';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());

type Pair = { follower: string; followee: string };

/** Which follows there are when events are taken at their word, in the order in which consumers get them. */
async function followsByEvents(): Promise<string[]> {
  const follows = new Set<string>();
  for (const { name, payload } of await graph.events()) {
    const { followerId, followeeId } = payload as { followerId?: string; followeeId?: string };
    if (name === 'user.followed.v1') {
      expect(follows.has(`${followerId}>${followeeId}`), 'followed twice').toBe(false);
      follows.add(`${followerId}>${followeeId}`);
    }
    if (name === 'user.unfollowed.v1')
      expect(follows.delete(`${followerId}>${followeeId}`), 'never followed').toBe(true);
  }
  return [...follows].sort();
}

test('follows racing with blocks and with each other leave no follow across a block, true events and exact counts', async () => {
  const people = await graph.register(6);
  const kinds = ['followUser', 'followUser', 'unfollowUser', 'removeFollower', 'blockUser', 'unblockUser'];
  for (let round = 0; round < 12; round += 1) {
    const acts = people.flatMap((a, i) =>
      people
        .filter((b) => b !== a)
        .map((b, j) => graph.mutate(a, kinds[(i * 7 + j * 3 + round) % kinds.length] ?? '', { userId: b })),
    );
    await Promise.all(acts);
    const { rows: across } = await graph.database.pool.query(
      `SELECT FROM social_graph.follows JOIN social_graph.blocks
         ON (blocker_id, blocked_id) IN ((follower_id, followee_id), (followee_id, follower_id))`,
    );
    expect(across).toEqual([]);
  }
  const { rows } = await graph.database.pool.query<Pair>(
    'SELECT follower_id AS follower, followee_id AS followee FROM social_graph.follows',
  );
  expect(await followsByEvents()).toEqual(rows.map(({ follower, followee }) => `${follower}>${followee}`).sort());
  expect(await graph.users(null, people, 'followerCount followingCount')).toEqual(
    people.map((id) => ({
      followerCount: rows.filter(({ followee }) => followee === id).length,
      followingCount: rows.filter(({ follower }) => follower === id).length,
    })),
  );
});

test('many ask to follow the same account at once: each is one follow, and nobody waits for ever', async () => {
  const [star = '', ...fans] = await graph.register(61);
  const twice = [...fans, ...fans];
  const payloads = await Promise.all(twice.map((fan) => graph.mutate(fan, 'followUser', { userId: star })));
  expect(payloads.every(({ userErrors }) => userErrors.length === 0)).toBe(true);
  expect(await graph.users(null, [star], 'followerCount')).toEqual([{ followerCount: 60 }]);
});

test('who follows, asks or blocks while thousands of follows are made waits, and then sees them', async () => {
  const [ada = '', bo = '', closed = '', cy = ''] = await graph.register(4);
  await graph.protect(closed);
  await graph.eventLog.processAll();
  const waiting = async () => {
    const { rows } = await graph.database.pool.query<{ number: number }>(
      `SELECT count(*)::int AS number FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
         AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`,
    );
    return rows[0]?.number;
  };
  let acts: Promise<unknown>[] = [];
  await graph.database.transaction(async (transaction) => {
    const follows = [
      { followerId: ada, followeeId: bo },
      { followerId: ada, followeeId: closed },
      { followerId: cy, followeeId: ada },
    ];
    expect((await addFollowsInBulk(transaction, graph.eventLog, follows)).added).toBe(3);
    acts = [
      graph.mutate(ada, 'followUser', { userId: bo }),
      graph.mutate(ada, 'followUser', { userId: closed }),
      graph.mutate(ada, 'blockUser', { userId: cy }),
    ];
    // Each waits for a lock, before it has read anything.
    while ((await waiting()) !== acts.length) await new Promise((resolve) => setImmediate(resolve));
  });
  expect(await Promise.all(acts)).toMatchObject(acts.map(() => ({ userErrors: [] })));
  const names = (await graph.events()).filter(({ key }) => [ada, cy].includes(key)).map(({ name }) => name);
  expect(names).toEqual([
    ...Array.from({ length: 3 }, () => 'user.followed.v1'),
    'user.unfollowed.v1',
    'user.blocked.v1',
  ]);
  expect(await graph.users(ada, [bo, closed, cy], 'followerCount viewer { isFollowing hasRequestedToFollow }')).toEqual(
    [
      { followerCount: 1, viewer: { isFollowing: true, hasRequestedToFollow: false } },
      { followerCount: 1, viewer: { isFollowing: true, hasRequestedToFollow: false } },
      { followerCount: 0, viewer: { isFollowing: false, hasRequestedToFollow: false } },
    ],
  );
});
