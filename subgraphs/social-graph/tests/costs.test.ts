import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { differences } from '../src/consumers/follow-counts.ts';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
});
afterAll(() => graph.stop());

/** The subgraph's own statements during `work`; the event log's question whether all is handled is not among them. */
async function statementsOf(work: () => Promise<unknown>): Promise<string[]> {
  const names: string[] = [];
  const stop = graph.database.onStatement((name) => names.push(name));
  await work();
  stop();
  return names.sort();
}

describe('a page costs the same statements whatever its size', () => {
  const CARD = `
    id followerCount followingCount
    viewer { isSelf isFollowing isFollowedBy isBlocking isBlockedBy isMuting mutedUntil isMutingRetweets }`;

  test('counts and relations of 1, 20 or 100 accounts', async () => {
    const [me = '', ...people] = await graph.register(101);
    await graph.eventLog.processAll();
    const expected = ['social-graph.getCountsByUserIds', 'social-graph.getRelations'];
    for (const size of [1, 20, 100]) {
      graph.memory.clear();
      const read = () => graph.users(me, people.slice(0, size), CARD);
      expect(await statementsOf(read)).toEqual(expected);
      expect(await statementsOf(read), 'once they are remembered').toEqual([]);
    }
  });

  test('lists of many accounts, with cards of everybody in them', async () => {
    const [me = '', ...people] = await graph.register(40);
    const chain = people.map((one, index) => [one, people[(index + 1) % people.length] ?? ''] as const);
    await Promise.all(chain.map(([a, b]) => graph.mutate(a, 'followUser', { userId: b })));
    const cards = [
      'social-graph.getClosedAccountsByIds',
      'social-graph.getCountsByUserIds',
      'social-graph.getRelations',
    ];
    for (const [field, name] of [
      ['followers(first: 3)', 'social-graph.listFollowers'],
      ['following(last: 3)', 'social-graph.listFollowingBackward'],
      ['followersYouKnow(first: 3)', 'social-graph.listFollowersYouKnow'],
    ] as const) {
      await graph.mutate(me, 'followUser', { userId: people[0] ?? '' });
      await graph.eventLog.processAll();
      for (const size of [2, 39]) {
        graph.memory.clear();
        const read = () => graph.users(me, people.slice(0, size), `${field} { nodes { ${CARD} } }`);
        expect(await statementsOf(read)).toEqual([...cards, name]);
      }
    }
  });

  test('what nobody asks for is not read', async () => {
    const [me = ''] = await graph.register(1);
    expect(await statementsOf(() => graph.users(me, [me], 'id'))).toEqual([]);
  });
});

describe('counts', () => {
  test('stay exact when everything is delivered again', async () => {
    const people = await graph.register(5);
    const acts = people.flatMap((a) => people.filter((b) => b !== a).map((b) => ({ a, b })));
    await Promise.all(acts.map(({ a, b }) => graph.mutate(a, 'followUser', { userId: b })));
    const [a = '', b = '', c = ''] = people;
    await graph.mutate(a, 'unfollowUser', { userId: b });
    await graph.mutate(b, 'blockUser', { userId: c });
    const expected = [
      { followerCount: 4, followingCount: 3 },
      { followerCount: 2, followingCount: 3 },
      { followerCount: 3, followingCount: 3 },
      { followerCount: 4, followingCount: 4 },
      { followerCount: 4, followingCount: 4 },
    ];
    const read = () => graph.users(null, people, 'followerCount followingCount');
    expect(await read()).toEqual(expected);
    for (let times = 0; times < 3; times += 1) {
      await redeliverForTests(graph.database, 'social-graph.counts');
      await redeliverForTests(graph.database, 'social-graph.copies');
      expect(await read()).toEqual(expected);
    }
  });

  test('differences of a batch: each account once, and what cancels out not at all', () => {
    const event = (name: string, followerId: string, followeeId: string) => ({
      id: '',
      topic: 'social-graph.follow',
      name,
      key: followerId,
      payload: { followerId, followeeId },
      occurredAt: new Date(0),
    });
    expect(
      differences([
        event('user.followed.v1', '1', '2'),
        event('user.followed.v1', '3', '2'),
        event('user.unfollowed.v1', '3', '2'),
        event('user.unfollowed.v1', '2', '1'),
        event('user.renamed.v9', '1', '2'),
      ]),
    ).toEqual([
      { userId: '2', followers: 1, following: -1 },
      { userId: '1', followers: -1, following: 1 },
    ]);
  });
});
