import { encodeCursor } from '@starling/platform/pagination';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events } from './support/events.ts';
import { openTestTimeline, type PageArguments, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

const people = () => timeline.newUsers(3) as [string, string, string];

async function shown(viewer: string | null, user: string, filter: string, args?: PageArguments) {
  const { edges, nodes } = await timeline.profile(viewer, user, filter, args);
  expect(nodes).toEqual(edges.map(({ node }) => node));
  return edges.map(
    ({ node, isRetweet, isPinned }) => `${node.id}${isRetweet ? ' retweet' : ''}${isPinned ? ' pinned' : ''}`,
  );
}

/** A profile with one of everything. */
async function furnish(user: string, other: string) {
  const plain = await timeline.post(user);
  const strange = await timeline.post(other, { media: true });
  const thread = await timeline.post(user, { replyTo: plain, media: true });
  const answer = await timeline.post(user, { replyTo: strange });
  await timeline.retweet(user, strange);
  await timeline.retweet(user, plain);
  const picture = await timeline.post(user, { media: true });
  return { plain, strange, thread, answer, picture };
}

describe('User.timeline', () => {
  it('lists tweets, with or without answers to others, and media', async () => {
    const [viewer, user, other] = people();
    const { plain, strange, thread, answer, picture } = await furnish(user, other);
    const retweets = [`${plain.id} retweet`, `${strange.id} retweet`];
    for (const reader of [viewer, user, null]) {
      expect(await shown(reader, user, 'TWEETS')).toEqual([picture.id, ...retweets, thread.id, plain.id]);
      expect(await shown(reader, user, 'TWEETS_AND_REPLIES')).toEqual([
        picture.id,
        ...retweets,
        answer.id,
        thread.id,
        plain.id,
      ]);
      expect(await shown(reader, user, 'MEDIA')).toEqual([picture.id, thread.id]);
    }
  });

  it('puts the pinned tweet first and not again in its place, whatever it answers', async () => {
    const [viewer, user, other] = people();
    const { plain, strange, thread, answer, picture } = await furnish(user, other);
    const retweets = [`${plain.id} retweet`, `${strange.id} retweet`];
    await timeline.emit(events.pinned(user, plain.id));
    expect(await shown(viewer, user, 'TWEETS')).toEqual([`${plain.id} pinned`, picture.id, ...retweets, thread.id]);
    expect(await shown(viewer, user, 'TWEETS_AND_REPLIES')).toHaveLength(6);
    await timeline.emit(events.unpinned(user, plain.id), events.pinned(user, answer.id));
    expect(await shown(viewer, user, 'TWEETS')).toEqual([
      `${answer.id} pinned`,
      picture.id,
      ...retweets,
      thread.id,
      plain.id,
    ]);
    // What takes away an earlier pin leaves a later one.
    await timeline.emit(events.unpinned(user, plain.id));
    expect((await shown(viewer, user, 'TWEETS'))[0]).toBe(`${answer.id} pinned`);
    await timeline.emit(events.deleted(answer));
    expect(await shown(viewer, user, 'TWEETS')).toEqual([picture.id, ...retweets, thread.id, plain.id]);
  });

  it('hides everything when either blocks the other, and retweets of whom the viewer has a block with', async () => {
    const [viewer, user, other] = people();
    const { plain, thread, picture } = await furnish(user, other);
    await timeline.emit(events.blocked(other, viewer));
    expect(await shown(viewer, user, 'TWEETS')).toEqual([picture.id, `${plain.id} retweet`, thread.id, plain.id]);
    await timeline.emit(events.blocked(user, viewer), events.pinned(user, plain.id));
    const empty = await timeline.profile(viewer, user, 'TWEETS');
    expect(empty).toEqual({
      edges: [],
      nodes: [],
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
    });
    expect(await shown(user, viewer, 'TWEETS')).toEqual([]);
    expect(await shown(null, user, 'TWEETS')).toHaveLength(5);
  });

  it('is full though 95 in 100 entries are hidden, in one statement', async () => {
    const [viewer, user, other] = people();
    const batch = [];
    const own: string[] = [];
    for (let turn = 0; turn < 3_000; turn++) {
      const id = timeline.newId('tweet');
      if (turn % 20 === 0) own.unshift(id);
      batch.push(events.posted({ id, authorId: turn % 20 === 0 ? user : other }));
      if (turn % 20 === 0) continue;
      const retweet = { id, authorId: other, retweetId: timeline.newId('retweet'), retweeterId: user };
      batch.push(events.retweeted(retweet));
    }
    await timeline.emit(...batch, events.blocked(other, viewer));
    await timeline.eventLog.processAll();
    expect(await shown(viewer, user, 'TWEETS')).toEqual(own.slice(0, 20));
    const page = () => timeline.profile(viewer, user, 'TWEETS', { first: 100 });
    expect((await page()).nodes.map(({ id }) => id)).toEqual(own.slice(0, 100));
    expect((await page()).pageInfo.hasNextPage).toBe(true);
    expect(await timeline.statementsOf(page)).toHaveLength(1);
  });

  it('hides nothing for a mute, and knows nobody’s profile as an empty one', async () => {
    const [viewer, user, other] = people();
    await furnish(user, other);
    await timeline.emit(events.muted(viewer, user), events.muted(viewer, other), events.keywordMuted(viewer, 'word'));
    await timeline.post(user, { text: 'A word' });
    expect(await shown(viewer, user, 'TWEETS')).toHaveLength(6);
    expect(await shown(viewer, viewer, 'TWEETS')).toEqual([]);
  });

  it('of a protected account is for its followers and itself', async () => {
    const [viewer, user, other] = people();
    const { plain } = await furnish(user, other);
    await timeline.emit(events.pinned(user, plain.id));
    const whole = await shown(viewer, user, 'TWEETS');
    expect(whole).toHaveLength(5);
    await timeline.emit(events.profileChanged(user), events.followed(other, user));
    for (const filter of ['TWEETS', 'TWEETS_AND_REPLIES', 'MEDIA']) {
      for (const reader of [viewer, null]) expect(await shown(reader, user, filter)).toEqual([]);
      for (const reader of [user, other]) expect(await shown(reader, user, filter)).not.toEqual([]);
    }
    await timeline.emit(events.profileChanged(user, false));
    for (const reader of [viewer, null]) expect(await shown(reader, user, 'TWEETS')).toEqual(whole);
  });

  it('leaves out what it has retweeted of accounts that are protected from the viewer', async () => {
    const [viewer, user, other] = people();
    const { strange, picture } = await furnish(user, other);
    await timeline.emit(events.profileChanged(other));
    const ofStrange = `${strange.id} retweet`;
    for (const reader of [viewer, user, null]) expect(await shown(reader, user, 'TWEETS')).not.toContain(ofStrange);
    expect(await shown(other, user, 'TWEETS')).toContain(ofStrange);
    expect(await shown(viewer, user, 'TWEETS')).toContain(picture.id);
  });

  it.each([1, 2, 3, 100])('reads the whole list both ways in pages of %i, exactly', async (size) => {
    const [viewer, user, other] = people();
    const { plain, thread } = await furnish(user, other);
    await timeline.emit(events.deleted(thread), events.pinned(user, plain.id));
    const whole = await shown(viewer, user, 'TWEETS', { first: 100 });
    expect(whole).toHaveLength(4);

    const down: string[] = [];
    for (let args: PageArguments | null = { first: size }; args; ) {
      const { pageInfo } = await timeline.profile(viewer, user, 'TWEETS', args);
      expect(pageInfo.hasPreviousPage).toBe(down.length > 0);
      down.push(...(await shown(viewer, user, 'TWEETS', args)));
      expect(pageInfo.hasNextPage).toBe(down.length < whole.length);
      args = pageInfo.hasNextPage ? { first: size, after: pageInfo.endCursor as string } : null;
    }
    expect(down).toEqual(whole);

    const up: string[] = [];
    for (let args: PageArguments | null = { last: size }; args; ) {
      const { pageInfo } = await timeline.profile(viewer, user, 'TWEETS', args);
      expect(pageInfo.hasNextPage).toBe(up.length > 0);
      up.unshift(...(await shown(viewer, user, 'TWEETS', args)));
      expect(pageInfo.hasPreviousPage).toBe(up.length < whole.length);
      args = pageInfo.hasPreviousPage ? { last: size, before: pageInfo.startCursor as string } : null;
    }
    expect(up).toEqual(whole);
  });

  it.each([
    ['first', { first: 0 }],
    ['first', { first: 101 }],
    ['last', { first: 1, last: 1 }],
    ['after', { after: 'nonsense' }],
    ['before', { before: encodeCursor('profile:5:MEDIA', '7') }],
  ])('refuses a bad %s: %j', async (argument, variables) => {
    const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
      _entities(representations: [{ __typename: "User", id: "5" }]) { ... on User {
        timeline(first: $first, after: $after, last: $last, before: $before) { nodes { id } } } } }`;
    const { data, errors } = await timeline.run('2', query, variables);
    expect(data).toEqual({ _entities: [{ timeline: null }] });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });
});
