import { statement } from '@starling/platform/postgres';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { events } from './support/events.ts';
import { openTestTimeline, type TestTimeline } from './support/timeline.ts';

const analyze = statement('tests.analyzeEntries', 'ANALYZE timeline.entries');
const inOrderOfChanges = statement(
  'tests.entriesInOrderOfChanges',
  'SELECT id FROM timeline.entries WHERE id = ANY($1::bigint[]) ORDER BY change',
);

let timeline: TestTimeline;
beforeAll(async () => {
  timeline = await openTestTimeline();
});
afterAll(() => timeline.stop());

it.each([
  { beside: 'alone', others: 0 },
  { beside: 'beside something else', others: 1 },
])('what comes in one batch, $beside, is told in the order in which it happened', async ({ others }) => {
  const [author, fan] = timeline.newUsers(2) as [string, string];
  const old = Array.from({ length: 400 }, () => ({ id: timeline.newId('tweet'), authorId: author }));
  await timeline.emit(...old.map((tweet) => events.posted(tweet)));
  await timeline.eventLog.processAll();
  await timeline.database.query(analyze);

  // The newest first, so that no order of ids is that of events, and a new tweet between any two retweets.
  const happened = old.toReversed().flatMap((tweet) => {
    const retweet = { ...tweet, retweetId: timeline.newId('retweet'), retweeterId: fan };
    const own = { id: timeline.newId('tweet'), authorId: fan };
    return [
      { id: retweet.retweetId, event: events.retweeted(retweet) },
      { id: own.id, event: events.posted(own) },
    ];
  });
  const follows = Array.from({ length: others }, () => events.followed(fan, author));
  await timeline.emit(...follows, ...happened.map(({ event }) => event));
  await timeline.eventLog.processAll();
  const ids = happened.map(({ id }) => id);
  const told = await timeline.database.query<{ id: string }>(inOrderOfChanges, [ids]);
  expect(told.map(({ id }) => id)).toEqual(ids);
});
