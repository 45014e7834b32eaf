import { createHotMemory } from '@starling/platform/cache';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { homeFacts } from '../src/facts/home-facts.ts';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

async function whatStands(facts: ReturnType<typeof homeFacts>, viewer: string, ids: readonly string[]) {
  const known = await facts.ofViewer(viewer);
  return (await known?.shown(BigInt64Array.from(ids, BigInt), 100))?.map(({ id }) => id);
}

test('a mute that is remembered ends when its time is over', async () => {
  const [viewer, author, repeater] = timeline.newUsers(3) as [string, string, string];
  await timeline.emit(events.followed(viewer, author), events.followed(viewer, repeater));
  const tweet = await timeline.post(author);
  const retweet = await timeline.retweet(repeater, await timeline.post(author));
  const until = new Date(Date.now() + 3_600_000);
  await timeline.emit(events.muted(viewer, author, false, until), events.muted(viewer, repeater, true, until));
  await timeline.eventLog.processAll();
  let now = 5_000;
  const facts = homeFacts({
    database: timeline.database,
    memory: createHotMemory(),
    deliveredUpTo: () => 0n,
    now: () => now,
  });
  const ids = [retweet.retweetId, tweet.id];
  expect(await whatStands(facts, viewer, ids)).toEqual([]);
  now += 1_800_000;
  expect(await whatStands(facts, viewer, ids)).toEqual([]);
  now += 1_801_000;
  expect(await whatStands(facts, viewer, ids)).toEqual(ids);
});

test('who follows more than is remembered, or blocks more, is read for by SQL, and rightly', async () => {
  const [viewer, author, blocked] = timeline.newUsers(3) as [string, string, string];
  const tweet = await timeline.post(author);
  const retweet = await timeline.retweet(author, await timeline.post(blocked));
  const many = timeline.newUsers(2_001);
  await timeline.emit(
    events.followed(viewer, author),
    ...[blocked, ...many].map((user) => events.blocked(viewer, user)),
  );
  await timeline.eventLog.processAll();
  expect(
    await homeFacts({ database: timeline.database, memory: createHotMemory(), deliveredUpTo: () => 0n }).ofViewer(
      viewer,
    ),
  ).toBeUndefined();
  const { nodes } = await timeline.home(viewer);
  expect(nodes.map(({ id }) => id)).toEqual([tweet.id]);
  expect(nodes).not.toContainEqual({ id: retweet.id });
});

test('a change of the limit for pushing is known at the next read', async () => {
  const [viewer, author] = timeline.newUsers(2) as [string, string];
  await timeline.emit(events.followed(viewer, author));
  await timeline.eventLog.processAll();
  const facts = homeFacts({ database: timeline.database, memory: createHotMemory(), deliveredUpTo: () => 0n });
  expect((await facts.ofViewer(viewer))?.pulled).toEqual([]);
  await timeline.emit(...timeline.newUsers(3).map((user) => events.followed(user, author)));
  await timeline.eventLog.processAll();
  const nobody = { viewerIds: [], accountIds: [], followedIds: [], actorIds: [] };
  const nothing = { ...nobody, tweetIds: [], entryIds: [], entries: false, popular: false };
  await timeline.database.pool.query('INSERT INTO timeline.pull_marks VALUES ($1, true, 7, 1)', [author]);
  await facts.forget({ ...nothing, pushLimit: true });
  expect((await facts.ofViewer(viewer))?.pulled).toMatchObject([{ id: author, switched: 7n, replicas: 1 }]);
  await timeline.database.pool.query(
    'UPDATE timeline.pull_marks SET is_pulled = false, switched = 9000 WHERE user_id = $1',
    [author],
  );
  await facts.forget({ ...nothing, followedIds: [author], pushLimit: false });
  expect(await facts.ofViewer(viewer)).toMatchObject({ pulled: [], graphVersion: 9_000n });
});
