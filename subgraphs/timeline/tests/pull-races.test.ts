import { createHotMemory } from '@starling/platform/cache';
import { inProcessTimelineCache, type TimelineCache } from '@starling/timeline';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { authorRecents } from '../src/author-recents/author-recents.ts';
import { listRecentEntries } from '../src/author-recents/recent-entries.ts';
import { lookForNewestChange } from '../src/changes/newest-change.ts';
import { homeFacts } from '../src/facts/home-facts.ts';
import { homeReader } from '../src/home/home-reader.ts';
import { NEWEST, OLDEST } from '../src/stretch.ts';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

const LIMIT = 5;
const cached = inProcessTimelineCache();
/** Called when a read knows its viewer, and is about to look at what is cached. */
let beforeGet = async () => {};
const cache: TimelineCache = {
  ...cached,
  async get(viewerId) {
    await beforeGet();
    return cached.get(viewerId);
  },
};

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline(() => cache, { pushFollowerLimit: LIMIT });
});
afterAll(() => timeline.stop());

async function followedBy(count: number) {
  const [author, ...followers] = timeline.newUsers(count + 1) as [string, ...string[]];
  await timeline.emit(...followers.map((user) => events.followed(user, author)));
  const tweet = await timeline.post(author);
  await timeline.eventLog.processAll();
  return { author, followers: followers as [string, string, string], tweet };
}
const idsOf = async (viewer: string) => (await timeline.home(viewer)).nodes.map(({ id }) => id);

/** A reader of homes whose facts forget only what they are told to: as in a process that has not heard yet. */
async function readerBehind() {
  const { database } = timeline;
  let position = 0n;
  const facts = homeFacts({ database, memory: createHotMemory(), deliveredUpTo: () => position });
  const recents = authorRecents({
    local: inProcessTimelineCache(),
    readSource: (authorIds, limit) => listRecentEntries(database, authorIds, limit),
    reader: 'test',
  });
  const homes = homeReader({
    database,
    cache: inProcessTimelineCache(),
    recents,
    facts,
    deliveredUpTo: () => position,
  });
  return {
    facts,
    /** Caches are empty, so that nothing has to be pushed into them. */
    async delivered() {
      position = await lookForNewestChange(database);
    },
    async idsOf(viewerId: string) {
      const read = await homes.open(viewerId);
      const { rows } = await read({ direction: 'older', from: NEWEST, to: OLDEST, limit: 20 });
      return rows.map(({ id }) => id);
    },
  };
}

describe('an author who crosses the limit while a home is read', () => {
  it('to pull, stands in the page of a read that began before, whatever was cached since', async () => {
    const { author, followers, tweet } = await followedBy(LIMIT);
    const [viewer] = followers;
    const [more] = timeline.newUsers(1) as [string];
    beforeGet = async () => {
      beforeGet = async () => {};
      await timeline.emit(events.followed(more, author));
      await timeline.eventLog.processAll();
      // Another read builds the home, and leaves out who is pulled by now.
      expect(await idsOf(viewer)).toEqual([tweet.id]);
      expect((await cached.get(viewer))?.ids).toHaveLength(0);
    };
    expect(await idsOf(viewer)).toEqual([tweet.id]);
    expect(await idsOf(viewer)).toEqual([tweet.id]);
  });

  it('back to push, stands in what was built by a read that had not heard of it, though of a later follow', async () => {
    const { author, followers, tweet } = await followedBy(LIMIT + 1);
    const [viewer, second, third] = followers;
    const [other] = timeline.newUsers(1) as [string];
    const behind = await readerBehind();
    await behind.delivered();
    expect((await behind.facts.ofViewer(second))?.pulled).toMatchObject([{ id: author }]);

    await timeline.emit(events.unfollowed(second, author), events.unfollowed(third, author));
    await timeline.eventLog.processAll();
    await timeline.emit(events.followed(viewer, other));
    await timeline.eventLog.processAll();
    expect(await behind.facts.ofViewer(viewer)).toMatchObject({ pulled: [{ id: author }] });
    expect(await behind.idsOf(viewer)).toEqual([tweet.id]);

    const nothing = { accountIds: [], actorIds: [], tweetIds: [], entryIds: [], entries: false, popular: false };
    await behind.facts.forget({ ...nothing, viewerIds: [viewer], followedIds: [author, other], pushLimit: false });
    expect(await behind.facts.ofViewer(viewer)).toMatchObject({ pulled: [] });
    expect(await behind.idsOf(viewer)).toEqual([tweet.id]);
  });
});
