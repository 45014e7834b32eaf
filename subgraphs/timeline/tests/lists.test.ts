import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { events } from './support/events.ts';
import { openTestTimeline, type PageArguments, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

/** A list with these members, and its id. */
async function listOf(...members: readonly string[]): Promise<string> {
  const listId = timeline.newId('list');
  await timeline.emit(...members.map((userId) => events.listMemberAdded(listId, userId)));
  return listId;
}

async function shown(viewer: string | null, listId: string, args?: PageArguments): Promise<string[]> {
  return (await timeline.list(viewer, listId, args)).edges.map(({ node }) => node.id);
}

describe('List.timeline', () => {
  it('lists what the members wrote, newest first, signed out too; answers to members, and no retweets', async () => {
    const [viewer = '', ann = '', bob = '', other = ''] = timeline.newUsers(4);
    const listId = await listOf(ann, bob);
    const strange = await timeline.post(other);
    const first = await timeline.post(ann);
    const thread = await timeline.post(ann, { replyTo: first });
    const answer = await timeline.post(bob, { replyTo: thread });
    await timeline.post(bob, { replyTo: strange });
    await timeline.retweet(ann, strange);
    await timeline.retweet(bob, first);
    for (const reader of [viewer, ann, null]) {
      expect(await shown(reader, listId)).toEqual([answer.id, thread.id, first.id]);
    }
    await timeline.emit(events.deleted(thread));
    expect(await shown(viewer, listId)).toEqual([answer.id, first.id]);
  });

  it('holds who is a member now, told once or again', async () => {
    const [ann = '', bob = ''] = timeline.newUsers(2);
    const [hers, his] = [await timeline.post(ann), await timeline.post(bob)];
    const [listId, another] = [await listOf(ann, bob), await listOf(bob)];
    expect(await shown(null, listId)).toEqual([his.id, hers.id]);
    await timeline.emit(events.listMemberRemoved(listId, ann));
    expect(await shown(null, listId)).toEqual([his.id]);
    await timeline.emit(
      events.listMemberAdded(listId, ann),
      events.listMemberRemoved(listId, ann),
      events.listMemberAdded(listId, ann),
      events.listMemberRemoved(listId, bob),
    );
    expect(await shown(null, listId)).toEqual([hers.id]);
    await redeliverForTests(timeline.database, 'timeline.copies');
    expect(await shown(null, listId)).toEqual([hers.id]);
    await timeline.emit(events.listDeleted(listId));
    expect(await shown(null, listId)).toEqual([]);
    expect(await shown(null, another)).toEqual([his.id]);
  });

  it('leaves out blocked and protected accounts at the next read, and hides nothing for a mute', async () => {
    const [viewer = '', ann = '', bob = ''] = timeline.newUsers(3);
    const listId = await listOf(ann, bob);
    const [hers, his] = [await timeline.post(ann, { text: 'spoiler' }), await timeline.post(bob)];
    await timeline.emit(events.muted(viewer, ann), events.keywordMuted(viewer, 'spoiler'));
    expect(await shown(viewer, listId)).toEqual([his.id, hers.id]);
    await timeline.emit(events.blocked(ann, viewer));
    expect(await shown(viewer, listId)).toEqual([his.id]);
    expect(await shown(null, listId)).toEqual([his.id, hers.id]);
    await timeline.emit(events.unblocked(ann, viewer), events.profileChanged(ann));
    expect(await shown(viewer, listId)).toEqual([his.id]);
    expect(await shown(null, listId)).toEqual([his.id]);
    await timeline.emit(events.followed(viewer, ann));
    expect(await shown(viewer, listId)).toEqual([his.id, hers.id]);
  });

  it('is read page by page in both directions, full until its end though 95 in 100 are hidden, in few statements', async () => {
    const [viewer = '', ann = '', bob = ''] = timeline.newUsers(3);
    const listId = await listOf(ann, bob);
    const authors = Array.from({ length: 2_000 }, (_, turn) => (turn % 20 === 0 ? ann : bob));
    const tweets = authors.map((authorId) => ({ id: timeline.newId('tweet'), authorId }));
    await timeline.emit(...tweets.map((tweet) => events.posted(tweet)), events.blocked(viewer, bob));
    const whole = tweets
      .filter(({ authorId }) => authorId === ann)
      .map(({ id }) => id)
      .reverse();

    await timeline.eventLog.processAll();
    const names = await timeline.statementsOf(() => shown(viewer, listId));
    expect(names.filter((name) => name.startsWith('timeline.'))).toEqual(
      Array(3).fill('timeline.listOlderListCandidates'),
    );

    const forwards: string[] = [];
    for (let after: string | null = null; ; ) {
      const page = await timeline.list(viewer, listId, { first: 30, ...(after !== null && { after }) });
      forwards.push(...page.edges.map(({ node }) => node.id));
      expect(page.pageInfo.hasPreviousPage).toBe(after !== null);
      if (!page.pageInfo.hasNextPage) break;
      expect(page.edges).toHaveLength(30);
      after = page.pageInfo.endCursor;
    }
    expect(forwards).toEqual(whole);

    const last = await timeline.list(viewer, listId, { last: 30 });
    expect(last.edges.map(({ node }) => node.id)).toEqual(whole.slice(-30));
    const before = last.pageInfo.startCursor ?? '';
    expect(await shown(viewer, listId, { last: 30, before })).toEqual(whole.slice(-60, -30));
  });

  it('reads many lists in the statements of one, and a cursor is of one list', async () => {
    const members = timeline.newUsers(6);
    const lists = await Promise.all(members.map((member) => listOf(member)));
    for (const member of members) await timeline.post(member);
    const query = `query ($lists: [_Any!]!) {
      _entities(representations: $lists) { ... on List { timeline(first: 5) { nodes { id } } } } }`;
    const read = (ids: readonly string[]) =>
      timeline.run(null, query, { lists: ids.map((id) => ({ __typename: 'List', id })) });
    await timeline.eventLog.processAll();
    const ofOne = await timeline.statementsOf(() => read(lists.slice(0, 1)));
    expect(await timeline.statementsOf(() => read(lists))).toEqual(ofOne);

    const { edges } = await timeline.list(null, lists[0] ?? '');
    await expect(timeline.list(null, lists[1] ?? '', { after: edges[0]?.cursor ?? '' })).rejects.toThrow('no cursor');
  });
});
