import { createHotMemory } from '@starling/platform/cache';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { MOST_IN_CIRCLE } from '../src/circle-store.ts';
import { createRelationReader } from '../src/relation-reader.ts';
import { NO_RELATION } from '../src/visibility/relation.ts';
import { newId, startTweets, type TestTweets } from './support/tweets.ts';

let tweets: TestTweets;
beforeAll(async () => {
  tweets = await startTweets();
});
afterAll(() => tweets.stop());

const MUTED = { ...NO_RELATION, isMuting: true };

test('a mute that memory has ends when its time is over', async () => {
  const [viewer, author, other] = [newId(), newId(), newId()];
  await tweets.mute(viewer, author, { until: new Date(Date.now() + 60_000).toISOString() });
  await tweets.mute(viewer, other);
  await tweets.eventLog.processAll();
  let now = 5_000;
  const reader = createRelationReader({ database: tweets.database, memory: createHotMemory(), now: () => now });
  expect(reader.peek(viewer, author)).toBeUndefined();
  expect(await reader.read(viewer, [author, other])).toEqual([MUTED, MUTED]);
  now += 50_000;
  expect(reader.peek(viewer, author)).toEqual(MUTED);
  now += 11_000;
  expect(reader.peek(viewer, author)).toEqual(NO_RELATION);
  expect(reader.peek(viewer, other)).toEqual(MUTED);
});

test('what one viewer has hidden is nothing to another, nor to who is signed out', async () => {
  const [viewer, stranger, author] = [newId(), newId(), newId()];
  await tweets.block(viewer, author);
  await tweets.protect(author);
  await tweets.follow(stranger, author);
  await tweets.eventLog.processAll();
  const reader = createRelationReader({ database: tweets.database, memory: createHotMemory() });
  for (let turn = 0; turn < 2; turn++) {
    expect(await reader.read(viewer, [author])).toEqual([{ ...NO_RELATION, isBlocking: true, isShutOut: true }]);
    expect(await reader.read(stranger, [author])).toEqual([NO_RELATION]);
    expect(await reader.read(null, [author])).toEqual([{ ...NO_RELATION, isShutOut: true }]);
    expect(await reader.read(author, [viewer])).toEqual([{ ...NO_RELATION, isBlockedBy: true }]);
  }
});

test('who blocks more than can be kept is asked for one by one, and is right all the same', async () => {
  const viewer = newId();
  const blocked = Array.from(
    { length: MOST_IN_CIRCLE + 1 },
    (_, index) => `${BigInt(viewer) + BigInt(index + 1) * 4_096n}`,
  );
  await tweets.database.pool.query(
    'INSERT INTO tweets.blocks (blocker_id, blocked_id) SELECT $1, unnest($2::bigint[])',
    [viewer, blocked],
  );
  const reader = createRelationReader({ database: tweets.database, memory: createHotMemory() });
  const asked = [blocked[0] as string, newId(), blocked.at(-1) as string];
  const expected = [{ ...NO_RELATION, isBlocking: true }, NO_RELATION, { ...NO_RELATION, isBlocking: true }];
  expect(await reader.read(viewer, asked)).toEqual(expected);
  expect(reader.peek(viewer, asked[0] as string)).toBeUndefined();
  expect(await reader.read(viewer, asked)).toEqual(expected);
});
