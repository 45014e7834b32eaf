import { homeBySql, inProcessTimelineCache } from '@starling/timeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import type { TimelineCache } from '../src/timeline-cache/timeline-cache.ts';
import { events } from './support/events.ts';
import { heldCache } from './support/held-cache.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

const held = heldCache(inProcessTimelineCache());
/** Called when a build has read its source and is about to be kept. */
let beforeFinish = async () => {};
const cache: TimelineCache = {
  ...held,
  async beginBuild(viewerId) {
    const build = await held.beginBuild(viewerId);
    return {
      async finish(timeline) {
        await beforeFinish();
        return build.finish(timeline);
      },
      abandon: () => build.abandon(),
    };
  },
};

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline(() => cache);
});
afterAll(async () => {
  held.release();
  await timeline.stop();
});

const people = () => timeline.newUsers(2) as [string, string];
const idsOf = async (viewer: string) => (await timeline.home(viewer)).nodes.map(({ id }) => id);

describe('a home page, whatever else happens meanwhile,', () => {
  it('has what was posted while its timeline was being built', async () => {
    const [viewer, followed] = people();
    await timeline.emit(events.followed(viewer, followed));
    const before = await timeline.post(followed);
    let during = before;
    beforeFinish = async () => {
      beforeFinish = async () => {};
      during = await timeline.post(followed);
      await timeline.eventLog.processAll();
    };
    await timeline.home(viewer);
    expect(during).not.toBe(before);
    expect((await held.get(viewer))?.ids).toEqual(BigInt64Array.of(BigInt(during.id), BigInt(before.id)));
    expect(await idsOf(viewer)).toEqual([during.id, before.id]);
  });

  it('knows whom the viewer followed while its timeline was being built', async () => {
    const [viewer, followed] = people();
    const tweet = await timeline.post(followed);
    beforeFinish = async () => {
      beforeFinish = async () => {};
      await timeline.emit(events.followed(viewer, followed));
      await timeline.eventLog.processAll();
    };
    await timeline.home(viewer);
    expect(await idsOf(viewer)).toEqual([tweet.id]);
  });

  it('is not given a build that is older than what its viewer has done since', async () => {
    const [viewer, followed] = people();
    const tweet = await timeline.post(followed);
    let inTheMiddle = Promise.resolve<string[]>([]);
    beforeFinish = async () => {
      beforeFinish = async () => {};
      await timeline.emit(events.followed(viewer, followed));
      // Asked for while the older build is under way: waits for it, and finds it too old.
      inTheMiddle = idsOf(viewer);
      await timeline.eventLog.processAll();
    };
    await timeline.home(viewer);
    expect(await inTheMiddle).toEqual([tweet.id]);
  });

  it('has the viewer’s own tweets and those of others, however late fan-out is', async () => {
    const [viewer, followed] = people();
    await timeline.emit(events.followed(viewer, followed));
    await timeline.home(viewer);
    held.hold();
    const own = await timeline.post(viewer);
    const theirs = await timeline.post(followed);
    expect(await idsOf(viewer)).toEqual([theirs.id, own.id]);
    expect((await held.get(viewer))?.ids).toHaveLength(0);
    held.release();
    await timeline.eventLog.processAll();
    expect((await held.get(viewer))?.ids).toHaveLength(2);
    expect(await idsOf(viewer)).toEqual([theirs.id, own.id]);
  });

  it('is read from the source when fan-out is further behind than can be merged', async () => {
    const [viewer, followed] = people();
    await timeline.emit(events.followed(viewer, followed));
    await timeline.post(followed);
    await timeline.home(viewer);
    held.hold();
    const late = Array.from({ length: 2_100 }, () => ({ id: timeline.newId('tweet'), authorId: followed }));
    await timeline.emit(...late.map((tweet) => events.posted(tweet)));
    const newest = late.slice(-20).reverse();
    const names = await timeline.statementsOf(async () => {
      expect(await idsOf(viewer)).toEqual(newest.map(({ id }) => id));
    });
    expect(names).toContain('timeline.listOlderHomeCandidates');
    held.release();
    await timeline.eventLog.processAll();
    expect(await idsOf(viewer)).toEqual(newest.map(({ id }) => id));
    const { ids, completeDownTo } = (await held.get(viewer)) ?? {};
    expect([ids?.length, ids?.at(-1)]).toEqual([800, completeDownTo]);
  });

  it('has entries in their places that arrive with an older id, above and below what is cached', async () => {
    const [viewer, followed] = people();
    await timeline.emit(events.followed(viewer, followed));
    const places = Array.from({ length: 1_000 }, (_, at) => timeline.newId('tweet', (at + 1) * 1_000));
    await timeline.emit(...places.map((id) => events.posted({ id, authorId: followed })));
    await timeline.home(viewer);
    await timeline.post(followed, { at: 999_500 });
    await timeline.post(followed, { at: 500 });
    await timeline.post(viewer, { at: 150_500 });
    await timeline.eventLog.processAll();
    let page = await timeline.home(viewer, { first: 100 });
    const ids = page.nodes.map(({ id }) => id);
    while (page.pageInfo.hasNextPage) {
      page = await timeline.home(viewer, { first: 100, after: page.pageInfo.endCursor as string });
      ids.push(...page.nodes.map(({ id }) => id));
    }
    expect(ids).toHaveLength(1_003);
    expect(ids).toEqual((await homeBySql(timeline.database, viewer)).map(({ id }) => id));
  });
});

describe('the copies', () => {
  it('let deletion win over creation, whatever the order of arrival', async () => {
    const [viewer, other] = people();
    const tweet = { id: timeline.newId('tweet'), authorId: other };
    const retweet = { ...tweet, retweetId: timeline.newId('retweet'), retweeterId: viewer };
    const undone = { ...tweet, retweetId: timeline.newId('retweet'), retweeterId: viewer };
    await timeline.emit(events.followed(viewer, other));
    await timeline.emit(events.retweetUndone(undone));
    await timeline.eventLog.processAll();
    await timeline.emit(events.retweeted(undone));
    expect(await idsOf(viewer)).toEqual([]);
    await timeline.emit(events.deleted(tweet));
    await timeline.eventLog.processAll();
    await timeline.emit(events.posted(tweet));
    await timeline.emit(events.retweeted(retweet));
    expect(await idsOf(viewer)).toEqual([]);
  });

  it('are the same when everything is delivered again', async () => {
    const [viewer, other] = people();
    await timeline.emit(events.followed(viewer, other));
    await timeline.emit(events.blocked(viewer, other), events.unfollowed(viewer, other));
    await timeline.emit(events.unblocked(viewer, other));
    await timeline.post(other);
    expect(await idsOf(viewer)).toEqual([]);
    await redeliverForTests(timeline.database, 'timeline.copies');
    expect(await idsOf(viewer)).toEqual([]);
  });

  it('go on behind an event that is broken', async () => {
    const [viewer] = people();
    const broken = { ...events.posted({ id: '1', authorId: viewer }), payload: { tweetId: 5 } };
    await timeline.emit(broken);
    const tweet = await timeline.post(viewer);
    expect(await idsOf(viewer)).toEqual([tweet.id]);
  });

  it('let an event of an unknown kind pass', async () => {
    const [viewer] = people();
    await timeline.emit({ ...events.pinned(viewer, '5'), name: 'tweet.framed.v1', payload: null });
    const tweet = await timeline.post(viewer);
    expect(await idsOf(viewer)).toEqual([tweet.id]);
  });
});

describe('what fan-out has not delivered', () => {
  const MERGED_BY_SQL = 'timeline.getUndelivered';
  async function readers(count: number) {
    const [followed, ...viewers] = timeline.newUsers(count + 1) as [string, ...string[]];
    await timeline.emit(...viewers.map((viewer) => events.followed(viewer, followed)));
    for (const viewer of viewers) await timeline.home(viewer);
    await timeline.eventLog.processAll();
    return { followed, viewers };
  }
  const pagesOf = (viewers: readonly string[]) => Promise.all(viewers.map(idsOf));

  it('is merged from memory, read once for all pages', async () => {
    const { followed, viewers } = await readers(5);
    held.hold();
    const first = await timeline.post(followed);
    await timeline.retweet(followed, first);
    const names = await timeline.statementsOf(async () => {
      expect(await pagesOf(viewers)).toEqual(viewers.map(() => [first.id, first.id]));
    });
    expect(names).not.toContain(MERGED_BY_SQL);
    expect(names).not.toContain('timeline.getEntriesByIds');
    await timeline.emit(events.deleted(first));
    expect(await pagesOf(viewers)).toEqual(viewers.map(() => []));
    held.release();
    await timeline.eventLog.processAll();
    expect(await pagesOf(viewers)).toEqual(viewers.map(() => []));
  });

  it('is merged by SQL when it is too much for memory, and rightly', async () => {
    const { followed, viewers } = await readers(2);
    held.hold();
    const tweets = Array.from({ length: 600 }, () => ({ id: timeline.newId('tweet'), authorId: followed }));
    await timeline.emit(...tweets.map((tweet) => events.posted(tweet)));
    const newest = tweets.toReversed().map(({ id }) => id);
    const names = await timeline.statementsOf(async () => {
      const [page] = (await pagesOf(viewers)) as [string[], string[]];
      expect(page).toEqual(newest.slice(0, page.length));
    });
    expect(names).toContain(MERGED_BY_SQL);
    held.release();
    await timeline.eventLog.processAll();
  });
});
