import { statement } from '@starling/platform/postgres';
import { inProcessTimelineCache } from '@starling/timeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setPushFollowerLimit } from '../src/copies/pull-marks.ts';
import { MOST_PULLED } from '../src/home/viewer-state.ts';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

const LIMIT = 5;
const local = inProcessTimelineCache({ capacity: 5 });
let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline(undefined, { pushFollowerLimit: LIMIT, recentsCaches: { local } });
});
afterAll(() => timeline.stop());

const getMark = statement(
  'test.getMark',
  'SELECT is_pulled, replicas FROM timeline.pull_marks WHERE user_id = $1::bigint',
);
async function isPulled(user: string): Promise<boolean> {
  await timeline.eventLog.processAll();
  const [mark] = await timeline.database.query<{ is_pulled: boolean }>(getMark, [user]);
  return mark?.is_pulled === true;
}

/** An account with so many followers. */
async function followedBy(count: number): Promise<{ author: string; followers: string[] }> {
  const [author, ...followers] = timeline.newUsers(count + 1) as [string, ...string[]];
  await timeline.emit(...followers.map((user) => events.followed(user, author)));
  return { author, followers };
}
async function pulledAuthor() {
  const { author, followers } = await followedBy(LIMIT + 1);
  expect(await isPulled(author)).toBe(true);
  return { author, followers, viewer: followers[0] as string };
}
const idsOf = async (viewer: string) => (await timeline.home(viewer)).nodes.map(({ id }) => id);

describe('an author', () => {
  it('is pulled above the limit, and pushed again at 80% of it', async () => {
    const { author, followers } = await followedBy(LIMIT);
    const [more, most] = timeline.newUsers(2) as [string, string];
    const [first, second] = followers as [string, string];
    expect(await isPulled(author)).toBe(false);
    await timeline.emit(events.followed(more, author));
    expect(await isPulled(author)).toBe(true);
    await timeline.emit(events.unfollowed(first, author));
    expect(await isPulled(author)).toBe(true);
    await timeline.emit(events.unfollowed(second, author));
    expect(await isPulled(author)).toBe(false);
    await timeline.emit(events.followed(first, author));
    expect(await isPulled(author)).toBe(false);
    // What happens twice counts once.
    await timeline.emit(events.followed(second, author), events.followed(second, author));
    expect(await isPulled(author)).toBe(true);
    await timeline.emit(events.followed(most, author), events.unfollowed(most, author));
    await timeline.emit(events.unfollowed(most, author));
    expect(await isPulled(author)).toBe(true);
  });

  it('has a key more for each hundred thousand followers, up to eight', async () => {
    const { author } = await pulledAuthor();
    const have = async (followers: number) => {
      // As many as there cannot be here: the next follow of one more is counted from there.
      await timeline.database.pool.query('UPDATE timeline.follower_counts SET followers = $2 WHERE user_id = $1', [
        author,
        followers - 1,
      ]);
      await timeline.emit(events.followed(timeline.newUsers(1)[0] as string, author));
      await timeline.eventLog.processAll();
      const [mark] = await timeline.database.query<{ replicas: number }>(getMark, [author]);
      return mark?.replicas;
    };
    expect(await have(99_999)).toBe(1);
    expect(await have(100_000)).toBe(2);
    expect(await have(250_000)).toBe(3);
    expect(await have(5_000_000)).toBe(8);
    expect(await have(250_000)).toBe(3);
  });

  it('is switched at once when the limit is another', async () => {
    const { author, followers } = await followedBy(LIMIT);
    const [viewer] = followers as [string];
    const before = await timeline.post(author);
    expect(await idsOf(viewer)).toEqual([before.id]);
    await setPushFollowerLimit(timeline, 4);
    expect(await isPulled(author)).toBe(true);
    const pulled = await timeline.post(author);
    expect(await idsOf(viewer)).toEqual([pulled.id, before.id]);
    await setPushFollowerLimit(timeline, 7);
    expect(await isPulled(author)).toBe(false);
    await setPushFollowerLimit(timeline, LIMIT);
    expect(await idsOf(viewer)).toEqual([pulled.id, before.id]);
  });
});

describe('what a pulled author does', () => {
  it('is not pushed into the homes of followers, and stands in them', async () => {
    const { author, viewer } = await pulledAuthor();
    await timeline.home(viewer);
    await timeline.home(author);
    const tweet = await timeline.post(author);
    await timeline.eventLog.processAll();
    expect((await timeline.cache.get(viewer))?.ids).toHaveLength(0);
    expect((await timeline.cache.get(author))?.ids).toEqual(BigInt64Array.of(BigInt(tweet.id)));
    expect((await local.get(author))?.ids).toEqual(BigInt64Array.of(BigInt(tweet.id)));
    expect(await idsOf(viewer)).toEqual([tweet.id]);
    expect(await idsOf(author)).toEqual([tweet.id]);
  });

  it('stands in every page down to the first, also what is not kept of it', async () => {
    const { author, viewer } = await pulledAuthor();
    const [other] = timeline.newUsers(1) as [string];
    await timeline.emit(events.followed(viewer, other));
    const all: string[] = [];
    for (let turn = 0; turn < 12; turn++) {
      for (const by of [author, author, other]) all.unshift((await timeline.post(by)).id);
    }
    const read: string[] = [];
    let page = await timeline.home(viewer, { first: 5 });
    read.push(...page.nodes.map(({ id }) => id));
    while (page.pageInfo.hasNextPage) {
      page = await timeline.home(viewer, { first: 5, after: page.pageInfo.endCursor as string });
      read.push(...page.nodes.map(({ id }) => id));
    }
    expect(read).toEqual(all);
  });

  it('is gone at the next read when it is deleted, and when either blocks the other, or it is muted or not followed', async () => {
    const { author, followers } = await pulledAuthor();
    const tweets = [await timeline.post(author), await timeline.post(author)] as const;
    const [a, b, c, d] = followers as [string, string, string, string];
    for (const viewer of [a, b, c, d]) expect(await idsOf(viewer)).toEqual([tweets[1].id, tweets[0].id]);
    await timeline.emit(events.deleted(tweets[0]));
    expect(await idsOf(a)).toEqual([tweets[1].id]);
    await timeline.emit(events.blocked(a, author), events.blocked(author, b), events.muted(c, author));
    await timeline.emit(events.unfollowed(d, author));
    for (const viewer of [a, b, c, d]) expect(await idsOf(viewer)).toEqual([]);
    await timeline.emit(events.unmuted(c, author), events.followed(d, author));
    for (const viewer of [c, d]) expect(await idsOf(viewer)).toEqual([tweets[1].id]);
  });

  it('is hidden at the next read from whoever may not see whom it retweeted', async () => {
    const { author, viewer } = await pulledAuthor();
    const [other] = timeline.newUsers(1) as [string];
    const retweet = await timeline.retweet(author, await timeline.post(other));
    expect(await idsOf(viewer)).toEqual([retweet.id]);
    await timeline.emit(events.profileChanged(other));
    expect(await idsOf(viewer)).toEqual([]);
  });

  it('keeps its place in pages that began before the author crossed the limit, in both directions', async () => {
    const { author, followers } = await followedBy(LIMIT);
    const [viewer, second] = followers as [string, string];
    const all: string[] = [];
    for (let turn = 0; turn < 9; turn++) all.unshift((await timeline.post(author)).id);
    const [more] = timeline.newUsers(1) as [string];
    const next = async (after: string) => {
      const page = await timeline.home(viewer, { first: 3, after });
      return { ids: page.nodes.map(({ id }) => id), end: page.pageInfo.endCursor as string };
    };
    const first = await timeline.home(viewer, { first: 3 });
    await timeline.emit(events.followed(more, author));
    const middle = await next(first.pageInfo.endCursor as string);
    expect(await isPulled(author)).toBe(true);
    await timeline.emit(events.unfollowed(more, author), events.unfollowed(second, author));
    const last = await next(middle.end);
    expect(await isPulled(author)).toBe(false);
    expect([...first.nodes.map(({ id }) => id), ...middle.ids, ...last.ids]).toEqual(all);
  });
});

describe('a page of a home', () => {
  async function follow(viewer: string, count: number): Promise<void> {
    const authors = timeline.newUsers(count);
    const crowd = timeline.newUsers(LIMIT);
    await timeline.emit(
      ...authors.flatMap((author) => [viewer, ...crowd].map((user) => events.followed(user, author))),
    );
    await timeline.emit(...authors.map((authorId) => events.posted({ id: timeline.newId('tweet'), authorId })));
    await timeline.eventLog.processAll();
  }

  it.each([1, 40])('costs the same statements with %i pulled authors', async (count) => {
    const [viewer] = timeline.newUsers(1) as [string];
    await follow(viewer, count);
    await local.clear();
    await timeline.cache.clear();
    timeline.memory.clear();
    const cold = await timeline.statementsOf(() => timeline.home(viewer));
    expect(cold.toSorted()).toEqual(
      [
        'timeline.getViewerFacts',
        'timeline.listPullMarks',
        'timeline.listNewestEntries',
        'platform.makeDurable',
        'platform.makeDurable',
        'timeline.listEntriesToCache',
        'timeline.listRecentEntries',
        'timeline.getEntriesByIds',
      ].toSorted(),
    );
    expect(await timeline.statementsOf(() => timeline.home(viewer))).toEqual([]);
  });

  it('is read from the source by who follows more of them than can be merged', async () => {
    const [viewer] = timeline.newUsers(1) as [string];
    await follow(viewer, MOST_PULLED + 1);
    await idsOf(viewer);
    const names = await timeline.statementsOf(async () => {
      expect(await idsOf(viewer)).toHaveLength(20);
    });
    expect(names).toEqual(['timeline.listOlderHomeCandidates']);
  });
});
