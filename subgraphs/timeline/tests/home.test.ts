import { encodeCursor } from '@starling/platform/pagination';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

const people = <Count extends number>(count: Count) => timeline.newUsers(count) as [string, string, string, string];

describe('homeTimeline', () => {
  it('shows own entries and those of followed accounts, newest first, and says why each is there', async () => {
    const [viewer, followed, stranger] = people(3);
    await timeline.emit(events.followed(viewer, followed));
    const own = await timeline.post(viewer);
    const theirs = await timeline.post(followed);
    const strange = await timeline.post(stranger);
    const retweet = await timeline.retweet(followed, strange);
    const { edges, nodes, pageInfo } = await timeline.home(viewer);
    expect(edges.map(({ cursor, ...edge }) => edge)).toEqual([
      { node: { id: strange.id }, retweetedBy: { id: followed }, reason: 'RETWEETED_BY_FOLLOWED' },
      { node: { id: theirs.id }, retweetedBy: null, reason: 'FOLLOWED' },
      { node: { id: own.id }, retweetedBy: null, reason: 'OWN' },
    ]);
    expect(nodes).toEqual(edges.map(({ node }) => node));
    expect(pageInfo).toEqual({
      hasNextPage: false,
      hasPreviousPage: false,
      startCursor: edges[0]?.cursor,
      endCursor: edges[2]?.cursor,
    });
    expect(retweet.retweetId).not.toBe(strange.id);
  });

  it('shows a retweet of one’s own as one’s own', async () => {
    const [viewer, stranger] = people(2);
    await timeline.retweet(viewer, await timeline.post(stranger));
    expect((await timeline.home(viewer)).edges).toMatchObject([{ retweetedBy: { id: viewer }, reason: 'OWN' }]);
  });

  it('shows an answer to those who follow both, to whom it answers, and in a thread of its author', async () => {
    const [viewer, followed, alsoFollowed, stranger] = people(4);
    await timeline.emit(events.followed(viewer, followed), events.followed(viewer, alsoFollowed));
    const strange = await timeline.post(stranger);
    const mine = await timeline.post(viewer);
    const first = await timeline.post(alsoFollowed);
    await timeline.post(followed, { replyTo: strange });
    const shown = [
      await timeline.post(followed, { replyTo: first }),
      await timeline.post(followed, { replyTo: mine }),
      await timeline.post(viewer, { replyTo: strange }),
    ];
    shown.push(await timeline.post(followed, { replyTo: shown[0] as (typeof shown)[0] }));
    const { nodes } = await timeline.home(viewer);
    expect(nodes.map(({ id }) => id)).toEqual([...shown.toReversed(), first, mine].map(({ id }) => id));
  });

  it('takes a followed account in, and out again, on the next read', async () => {
    const [viewer, other] = people(2);
    const tweet = await timeline.post(other);
    expect((await timeline.home(viewer)).edges).toEqual([]);
    await timeline.emit(events.followed(viewer, other));
    expect((await timeline.home(viewer)).nodes).toEqual([{ id: tweet.id }]);
    await timeline.emit(events.unfollowed(viewer, other));
    expect((await timeline.home(viewer)).edges).toEqual([]);
  });

  it.each([
    ['a block', (viewer: string, other: string) => events.blocked(viewer, other)],
    ['being blocked', (viewer: string, other: string) => events.blocked(other, viewer)],
    ['a mute', (viewer: string, other: string) => events.muted(viewer, other)],
    ['a mute with an end to come', (v: string, o: string) => events.muted(v, o, false, new Date('2101-01-01'))],
  ])('hides by %s what somebody wrote and others retweeted, on the next read', async (_, hide) => {
    const [viewer, other, friend] = people(3);
    await timeline.emit(events.followed(viewer, other), events.followed(viewer, friend));
    const kept = await timeline.post(friend);
    await timeline.retweet(friend, await timeline.post(other));
    await timeline.retweet(other, kept);
    expect((await timeline.home(viewer)).edges).toHaveLength(4);
    await timeline.emit(hide(viewer, other));
    expect((await timeline.home(viewer)).nodes).toEqual([{ id: kept.id }]);
  });

  it('hides by a mute of retweets just what the account retweets, and by an ended mute nothing', async () => {
    const [viewer, other, friend] = people(3);
    await timeline.emit(events.followed(viewer, other), events.followed(viewer, friend));
    const written = await timeline.post(other);
    await timeline.retweet(friend, written);
    await timeline.retweet(other, await timeline.post(friend));
    await timeline.emit(events.muted(viewer, other, true));
    expect((await timeline.home(viewer)).edges.map(({ retweetedBy }) => retweetedBy?.id ?? null)).toEqual([
      null,
      friend,
      null,
    ]);
    await timeline.emit(events.muted(viewer, other, false, new Date('2001-01-01')));
    expect((await timeline.home(viewer)).edges).toHaveLength(4);
  });

  it('drops a deleted tweet with its retweets, and an undone retweet alone', async () => {
    const [viewer, other] = people(2);
    await timeline.emit(events.followed(viewer, other));
    const tweet = await timeline.post(other);
    const retweet = await timeline.retweet(viewer, tweet);
    expect((await timeline.home(viewer)).edges).toHaveLength(2);
    await timeline.emit(events.retweetUndone(retweet));
    expect((await timeline.home(viewer)).edges).toHaveLength(1);
    await timeline.retweet(viewer, tweet);
    await timeline.emit(events.deleted(tweet));
    expect((await timeline.home(viewer)).edges).toEqual([]);
  });

  it.each([
    ['muted', async (viewer: string, noisy: string) => timeline.emit(events.muted(viewer, noisy))],
    ['deleted', async () => {}],
  ])('fills every page until the true end when 95 in 100 are %s', async (how, hide) => {
    const [viewer, noisy, quiet] = people(3);
    await timeline.emit(events.followed(viewer, noisy), events.followed(viewer, quiet));
    const kept: string[] = [];
    const batch = [];
    for (let turn = 0; turn < 2_400; turn++) {
      const authorId = turn % 20 === 0 ? quiet : noisy;
      const tweet = { id: timeline.newId('tweet'), authorId };
      batch.push(events.posted(tweet));
      if (authorId === quiet) kept.unshift(tweet.id);
      else if (how === 'deleted') batch.push(events.deleted(tweet));
    }
    await timeline.emit(...batch);
    await hide(viewer, noisy);
    for (const read of ['cold', 'warm']) {
      let page = await timeline.home(viewer, { first: 50 });
      expect(page.edges, read).toHaveLength(50);
      const ids = page.nodes.map(({ id }) => id);
      while (page.pageInfo.hasNextPage) {
        page = await timeline.home(viewer, { first: 50, after: page.pageInfo.endCursor as string });
        ids.push(...page.nodes.map(({ id }) => id));
        expect(page.edges.length === 50 || !page.pageInfo.hasNextPage, read).toBe(true);
      }
      expect(ids, read).toEqual(kept);
      const back = await timeline.home(viewer, { last: 100 });
      expect(
        back.nodes.map(({ id }) => id),
        read,
      ).toEqual(kept.slice(-100));
    }
  });

  it('keeps its cursors good while new tweets arrive, when their entry is deleted, and after a restart', async () => {
    const [viewer] = people(1);
    const tweets = [];
    for (let turn = 0; turn < 6; turn++) tweets.unshift(await timeline.post(viewer));
    const page = await timeline.home(viewer, { first: 2 });
    await timeline.post(viewer);
    await timeline.emit(events.deleted(tweets[1] as { id: string; authorId: string }));
    const after = page.pageInfo.endCursor as string;
    const expected = tweets.slice(2, 4).map(({ id }) => ({ id }));
    expect((await timeline.home(viewer, { first: 2, after })).nodes).toEqual(expected);
    await timeline.restart();
    const again = await timeline.home(viewer, { first: 2, after });
    expect(again.nodes).toEqual(expected);
    const back = await timeline.home(viewer, { before: again.pageInfo.startCursor as string });
    expect(back.edges).toHaveLength(2);
    expect(back.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: true });
  });

  it('looks whether something stands before a cursor, and does not guess', async () => {
    const [viewer] = people(1);
    const first = await timeline.post(viewer);
    const second = await timeline.post(viewer);
    const after = (await timeline.home(viewer, { first: 1 })).pageInfo.endCursor as string;
    await timeline.emit(events.deleted(second));
    const page = await timeline.home(viewer, { first: 1, after });
    expect(page.nodes).toEqual([{ id: first.id }]);
    expect(page.pageInfo).toMatchObject({ hasPreviousPage: false, hasNextPage: false });
  });

  it('answers two pages of one request alike', async () => {
    const [viewer] = people(1);
    await timeline.post(viewer);
    const { data } = await timeline.run(
      viewer,
      '{ a: homeTimeline { nodes { id } } b: homeTimeline(first: 5) { nodes { id } } }',
    );
    expect(data?.a).toEqual(data?.b);
  });
});

describe('homeTimeline refuses', () => {
  const query = `query ($first: Int, $after: String, $last: Int, $before: String) {
    homeTimeline(first: $first, after: $after, last: $last, before: $before) { nodes { id } } }`;

  it('whoever is signed out', async () => {
    const { data, errors } = await timeline.run(null, query);
    expect(data).toEqual({ homeTimeline: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'UNAUTHENTICATED' });
  });

  const foreign = encodeCursor('home:1', '123456');
  const tooLarge = encodeCursor('home:2', '9223372036854775808');
  it.each([
    ['first', { first: 0 }],
    ['first', { first: -1 }],
    ['first', { first: 101 }],
    ['last', { last: 0 }],
    ['last', { last: 101 }],
    ['last', { first: 1, last: 1 }],
    ['after', { after: '' }],
    ['after', { after: 'nonsense' }],
    ['after', { after: foreign }],
    ['before', { before: `${foreign}=` }],
    ['before', { before: tooLarge }],
    ['before', { before: '\u0000' }],
  ])('a bad %s: %j', async (argument, variables) => {
    const { data, errors } = await timeline.run('2', query, variables);
    expect(data).toEqual({ homeTimeline: null });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', argument });
  });

  it('nothing about the largest and the smallest of places', async () => {
    const [viewer] = people(1);
    const tweet = await timeline.post(viewer);
    const at = (place: string) => encodeCursor(`home:${viewer}`, place);
    const largest = at('9223372036854775807');
    expect((await timeline.home(viewer, { after: largest })).nodes).toEqual([{ id: tweet.id }]);
    expect((await timeline.home(viewer, { after: largest })).pageInfo.hasPreviousPage).toBe(false);
    expect((await timeline.home(viewer, { before: largest })).edges).toEqual([]);
    expect((await timeline.home(viewer, { before: largest })).pageInfo.hasNextPage).toBe(true);
    expect((await timeline.home(viewer, { before: at('1') })).nodes).toEqual([{ id: tweet.id }]);
    expect((await timeline.home(viewer, { after: at('1') })).pageInfo.hasPreviousPage).toBe(true);
  });
});
