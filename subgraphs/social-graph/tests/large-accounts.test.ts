import type { Queryable } from '@starling/platform/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explaining, type PlanMode } from '../../../tests/support/explain.ts';
import { followsAtLeast } from '../src/follow-store.ts';
import { listFollowers, listFollowersYouKnow, listFollowing } from '../src/list-store.ts';
import { getRelations } from '../src/relation-store.ts';
import { listSuggestions } from '../src/suggestion-store.ts';
import { startSocialGraph, type TestGraph } from './support/social-graph.ts';

const STAR = '7000000000000000001';
const READER = '7000000000000000002';
const FANS = 200_000;
const JOINER = '7000000000000000003';

let graph: TestGraph;
beforeAll(async () => {
  graph = await startSocialGraph();
  // 200,000 accounts follow one, who follows 5,000 back; the reader follows 50 of them; 50,000 follows are of others;
  // whoever joins follows 2,000 accounts that each follow 300.
  await graph.database.pool.query(
    `ALTER TABLE social_graph.follows SET (autovacuum_enabled = off);
     INSERT INTO social_graph.follows (follower_id, followee_id)
       SELECT 7100000000000000000 + n, ${STAR} FROM generate_series(1, ${FANS}) AS n;
     INSERT INTO social_graph.follows (follower_id, followee_id)
       SELECT ${STAR}, 7100000000000000000 + n FROM generate_series(1, 5000) AS n;
     INSERT INTO social_graph.follows (follower_id, followee_id)
       SELECT ${READER}, 7100000000000000000 + n * 4000 FROM generate_series(1, 50) AS n;
     INSERT INTO social_graph.follows (follower_id, followee_id)
       SELECT 7200000000000000000 + n % 5000, 7300000000000000000 + n / 5 FROM generate_series(1, 50000) AS n;
     INSERT INTO social_graph.follows (follower_id, followee_id)
       SELECT ${JOINER}, 7400000000000000000 + n FROM generate_series(1, 2000) AS n;
     INSERT INTO social_graph.follows (follower_id, followee_id)
       SELECT 7400000000000000000 + n, 7500000000000000000 + (n * 7 + m * m) % 20000
       FROM generate_series(1, 2000) AS n, generate_series(1, 300) AS m ON CONFLICT DO NOTHING;
     INSERT INTO social_graph.counts (user_id, followers, following)
       SELECT 7500000000000000000 + n, n, 0 FROM generate_series(1, 20000) AS n`,
  );
});
afterAll(() => graph.stop());

async function blocksOf(mode: PlanMode, read: (database: Queryable) => Promise<unknown>): Promise<number> {
  const client = await graph.database.pool.connect();
  let blocks = 0;
  try {
    await read(
      explaining(client, mode, (touched) => {
        blocks += touched;
      }),
    );
  } finally {
    client.release();
  }
  return blocks;
}

const NEWEST = '9223372036854775807';
const whole = { userId: STAR, below: NEWEST, above: '0' };
const middle = { userId: STAR, below: String(FANS / 2), above: '0' };

/** Of one viewer and two accounts. */
const pairs = (viewerId: string, other: string) =>
  [other, '7100000000000000001'].map((userId) => ({ viewerId, userId }));

/** What touches how many blocks at most: a few per entry read, and none per follower. */
const READS: readonly (readonly [string, number, (database: Queryable) => Promise<unknown>])[] = [
  ['the first followers', 200, (db) => listFollowers(db, READER)([whole], 'forward', 21)],
  ['followers from the middle', 200, (db) => listFollowers(db, READER)([middle], 'forward', 21)],
  ['the last followers', 200, (db) => listFollowers(db, READER)([whole], 'backward', 21)],
  ['100 followers', 900, (db) => listFollowers(db, READER)([whole], 'forward', 101)],
  ['the first followings', 200, (db) => listFollowing(db, READER)([whole], 'forward', 21)],
  ['followers one knows, by 50 look-ups', 400, (db) => listFollowersYouKnow(db, READER)([whole], 'forward', 21)],
  ['relations of the followed one', 60, (db) => getRelations(db, pairs(STAR, READER))],
  ['relations of a reader', 60, (db) => getRelations(db, pairs(READER, STAR))],
  // Of 100 accounts 200 follows each, some probes of indexes for each of 1,000 ranked.
  ['suggestions', 40_000, (db) => listSuggestions(db, JOINER, undefined, 21)],
  ['suggestions of who follows 50 that follow one', 9_000, (db) => listSuggestions(db, READER, undefined, 21)],
  ['whether a limit is reached', 400, (db) => followsAtLeast(db, READER, 5_000)],
];

describe.each([
  ['as loaded', 'SELECT'],
  ['with statistics', 'ANALYZE social_graph.follows'],
  ['after housekeeping', 'VACUUM ANALYZE social_graph.follows'],
])('SG-2: an account with 200,000 followers, %s', (_state, prepare) => {
  beforeAll(() => graph.database.pool.query(prepare));

  test.each(READS)('%s: at most %i blocks', async (_what, most, read) => {
    expect(await blocksOf('force_custom_plan', read), 'planned for the values').toBeLessThanOrEqual(most);
    expect(await blocksOf('force_generic_plan', read), 'planned once for all values').toBeLessThanOrEqual(most);
  });
});
