import type { Queryable } from '@starling/platform/postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { redeliverForTests } from '../../../platform/src/event-log/testing.ts';
import { getShownEntriesByIds } from '../src/home/home-source.ts';
import { events } from './support/events.ts';
import { entryIds, openTestTimeline, type TestTimeline } from './support/timeline.ts';

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

async function pair(): Promise<[viewer: string, author: string]> {
  const [viewer, author] = timeline.newUsers(2) as [string, string];
  await timeline.emit(events.followed(viewer, author));
  return [viewer, author];
}
const home = async (viewer: string) => entryIds(`home:${viewer}`, await timeline.home(viewer));
const wordsOfTweet = async (id: string) =>
  (await timeline.database.pool.query('SELECT words FROM timeline.tweet_words WHERE tweet_id = $1', [id])).rows;

describe('words of tweets', () => {
  it('are known of tweets whose posting told none, once they are found', async () => {
    const [viewer, author] = await pair();
    const old = await timeline.post(author, { text: 'An old spoiler', wordless: true });
    await timeline.emit(events.keywordMuted(viewer, 'spoiler'));
    expect(await home(viewer)).toEqual([old.id]);
    await timeline.emit(events.wordsFound(old, { text: 'An old spoiler' }));
    expect(await home(viewer)).toEqual([]);
    await timeline.emit(events.keywordUnmuted(viewer, 'spoiler'));
    expect(await home(viewer)).toEqual([old.id]);
  });

  it('go with a deleted tweet, in whatever order events arrive', async () => {
    const [, author] = await pair();
    const tweet = { id: timeline.newId('tweet'), authorId: author };
    await timeline.emit(events.deleted(tweet));
    await timeline.eventLog.processAll();
    await timeline.emit(events.posted(tweet, { text: 'Too late' }), events.wordsFound(tweet, { text: 'Too late' }));
    await timeline.eventLog.processAll();
    expect(await wordsOfTweet(tweet.id)).toEqual([]);

    const another = await timeline.post(author, { text: 'Here' });
    await timeline.eventLog.processAll();
    expect(await wordsOfTweet(another.id)).toHaveLength(1);
    await timeline.emit(events.deleted(another));
    await timeline.eventLog.processAll();
    await redeliverForTests(timeline.database, 'timeline.copies');
    await timeline.eventLog.processAll();
    expect(await wordsOfTweet(another.id)).toEqual([]);
  });

  it('are not kept of tweets that say nothing', async () => {
    const [, author] = await pair();
    const tweet = await timeline.post(author, { text: '...' });
    await timeline.eventLog.processAll();
    expect(await wordsOfTweet(tweet.id)).toEqual([]);
  });
});

describe('a page with muted words', () => {
  it('is full though 95 of 100 entries are hidden, both ways, at a stated price', async () => {
    const [viewer, author] = await pair();
    const batch = [];
    const shown: string[] = [];
    for (let turn = 0; turn < 6_000; turn++) {
      const tweet = { id: timeline.newId('tweet'), authorId: author };
      if (turn % 20 === 0) shown.unshift(tweet.id);
      batch.push(events.posted(tweet, { text: turn % 20 === 0 ? 'News' : 'News with a SPOILER' }));
    }
    await timeline.emit(...batch, events.keywordMuted(viewer, 'spoiler'));
    await timeline.eventLog.processAll();
    for (const evicted of [false, true]) {
      for (const [first, most] of [
        [1, 3],
        [20, 4],
        [100, 8],
      ] as const) {
        if (evicted) await timeline.cache.clear();
        let page = await timeline.home(viewer);
        const statements = await timeline.statementsOf(async () => {
          page = await timeline.home(viewer, { first });
        });
        expect(entryIds(`home:${viewer}`, page)).toEqual(shown.slice(0, first));
        expect(page.pageInfo.hasNextPage).toBe(true);
        // Twenty entries are looked at for each that is shown: at first twice as many as are wanted, then up to 800 at once.
        expect(statements.length).toBeLessThanOrEqual(most);
      }
    }
    const last = await timeline.home(viewer, { last: 100 });
    expect(entryIds(`home:${viewer}`, last)).toEqual(shown.slice(-100));
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });

  it('gives up where next to everything is hidden, after a stated number of statements, and goes on from there', async () => {
    const [viewer, author] = await pair();
    const said = (text: string) => ({ tweet: { id: timeline.newId('tweet'), authorId: author }, text });
    const oldest = said('News');
    const hidden = Array.from({ length: 24_000 }, () => said('A spoiler'));
    const all = [oldest, ...hidden, said('News')];
    await timeline.emit(...all.map(({ tweet, text }) => events.posted(tweet, { text })));
    await timeline.emit(events.keywordMuted(viewer, 'spoiler'));
    await timeline.eventLog.processAll();
    const ends = [all.at(-1)?.tweet.id, oldest.tweet.id];
    for (const [size, cursor, shown] of [
      ['first', 'endCursor', ends],
      ['last', 'startCursor', [...ends].reverse()],
    ] as const) {
      const found: string[] = [];
      let place: string | null = null;
      let pages = 0;
      for (let goesOn = true; goesOn; pages++) {
        const from = place === null ? {} : { [size === 'first' ? 'after' : 'before']: place };
        let page = await timeline.home(viewer, { [size]: 5, ...from });
        const statements = await timeline.statementsOf(async () => {
          page = await timeline.home(viewer, { [size]: 5, ...from });
        });
        // Looking for something on the side where the page begins takes as many again.
        expect(statements.length).toBeLessThanOrEqual(place === null ? 36 : 72);
        found.push(...entryIds(`home:${viewer}`, page));
        goesOn = size === 'first' ? page.pageInfo.hasNextPage : page.pageInfo.hasPreviousPage;
        place = page.pageInfo[cursor];
      }
      expect(found).toEqual(shown);
      expect(pages).toBe(2);
    }
  });

  it('asks who has muted none no more than whether there is one', async () => {
    const [viewer, author] = await pair();
    await timeline.post(author, { text: 'News' });
    await timeline.eventLog.processAll();
    let plan: string[] = [];
    const explaining: Queryable = {
      async query({ text }, values = []) {
        const { rows } = await timeline.database.pool.query<{ 'QUERY PLAN': string }>(
          `EXPLAIN (ANALYZE, COSTS off, TIMING off, SUMMARY off) ${text}`,
          [...values],
        );
        plan = rows.map((row) => row['QUERY PLAN']);
        return [];
      },
    };
    await getShownEntriesByIds(explaining, viewer, BigInt64Array.from(await home(viewer), BigInt));
    const scans = plan.filter((line) => /tweet_words|muted_keywords/.test(line));
    const ran = scans.filter((line) => !line.includes('never executed'));
    expect(scans.length).toBeGreaterThan(1);
    expect(ran, plan.join('\n')).toHaveLength(1);
    expect(ran[0]).toContain('muted_keywords');
  });
});
