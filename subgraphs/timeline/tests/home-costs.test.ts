import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
let viewer: string;
beforeAll(async () => {
  timeline = await openTestTimeline();
  const [reader, ...followed] = timeline.newUsers(30) as [string, ...string[]];
  viewer = reader;
  await timeline.emit(...followed.map((user) => events.followed(viewer, user)));
  const batch = [];
  for (let turn = 0; turn < 1_500; turn++) {
    batch.push(events.posted({ id: timeline.newId('tweet'), authorId: followed[(turn * turn) % 29] as string }));
  }
  await timeline.emit(...batch);
  await timeline.eventLog.processAll();
});
afterAll(() => timeline.stop());

describe('a page of a home costs the same statements whatever its size', () => {
  it.each([20, 100])('none once everything is remembered, %i entries', async (first) => {
    const { pageInfo } = await timeline.home(viewer, { first });
    expect(await timeline.statementsOf(() => timeline.home(viewer, { first }))).toEqual([]);
    const next = { first, after: pageInfo.endCursor as string };
    await timeline.home(viewer, next);
    expect(await timeline.statementsOf(() => timeline.home(viewer, next))).toEqual([]);
  });

  it.each([20, 100])('with nothing in memory, %i entries', async (first) => {
    await timeline.home(viewer);
    timeline.memory.clear();
    const names = await timeline.statementsOf(() => timeline.home(viewer, { first }));
    expect(names.toSorted()).toEqual([
      'timeline.getEntriesByIds',
      'timeline.getViewerFacts',
      'timeline.listNewestEntries',
      'timeline.listPullMarks',
    ]);
  });

  it.each([20, 100])('cold, %i entries', async (first) => {
    await timeline.cache.clear();
    timeline.memory.clear();
    const names = await timeline.statementsOf(() => timeline.home(viewer, { first }));
    expect(names.toSorted()).toEqual([
      'platform.makeDurable',
      'timeline.getEntriesByIds',
      'timeline.getViewerFacts',
      'timeline.listEntriesToCache',
      'timeline.listNewestEntries',
      'timeline.listPullMarks',
    ]);
  });

  it.each([20, 100])('below what is cached, %i entries', async (last) => {
    await timeline.home(viewer);
    expect(await timeline.statementsOf(() => timeline.home(viewer, { last }))).toEqual([
      'timeline.listNewerHomeCandidates',
    ]);
  });

  it('and what many ask for at the same moment is read for all of them at once', async () => {
    timeline.memory.clear();
    const names = await timeline.statementsOf(() =>
      Promise.all(Array.from({ length: 10 }, () => timeline.home(viewer))),
    );
    expect(names).toHaveLength(4);
  });

  it('and is built once for all who ask at the same moment', async () => {
    await timeline.cache.clear();
    const names = await timeline.statementsOf(() =>
      Promise.all(Array.from({ length: 10 }, () => timeline.home(viewer))),
    );
    expect(names.filter((name) => name === 'timeline.listEntriesToCache')).toHaveLength(1);
  });
});

describe('profiles cost the same statements however many there are', () => {
  const query = `query ($users: [_Any!]!, $first: Int) {
    _entities(representations: $users) { ... on User { timeline(first: $first) { nodes { id } } } } }`;

  it.each([
    [1, 3],
    [25, 3],
    [25, 100],
  ])('%i profiles of %i entries', async (count, first) => {
    const ids = timeline.newUsers(count);
    const users = ids.map((id) => ({ __typename: 'User', id }));
    await timeline.emit(...ids.map((authorId) => events.posted({ id: timeline.newId('tweet'), authorId })));
    await timeline.eventLog.processAll();
    timeline.memory.clear();
    const read = () => timeline.run(viewer, query, { users, first });
    expect((await timeline.statementsOf(read)).sort()).toEqual([
      'timeline.getEntriesByIds',
      'timeline.getProtectionsByUserIds',
      'timeline.getViewerFacts',
      'timeline.listProfileHeads:TWEETS',
    ]);
    expect(await timeline.statementsOf(read), 'once they are remembered').toEqual([]);
  });
});
