import type { Queryable } from '@starling/platform/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { explaining, type PlanMode } from '../../../tests/support/explain.ts';
import { getCountsByTweetIds, getCountsByUserIds } from '../src/count-store.ts';
import { engage, engagementStatements } from '../src/engagement-batch-store.ts';
import { listBookmarks, listLikers, listLikes, listQuotes, listRetweeters } from '../src/list-store.ts';
import { startTweets, type TestTweets } from './support/tweets.ts';

const STAR = '7000000000000000001';
const READER = '7000000000000000002';
const AUTHOR = '7000000000000000003';
const CROWD = 1_000_000;

let tweets: TestTweets;
beforeAll(async () => {
  tweets = await startTweets();
  // A million people like one tweet; 100,000 have retweeted it and bookmarked it, as many quote it. One reader likes and has
  // bookmarked 100,000 tweets.
  await tweets.database.pool.query(
    `ALTER TABLE tweets.likes SET (autovacuum_enabled = off);
     INSERT INTO tweets.likes (tweet_id, user_id) SELECT ${STAR}, 7100000000000000000 + n FROM generate_series(1, ${CROWD}) AS n;
     INSERT INTO tweets.retweets (id, tweet_id, user_id)
       SELECT 7200000000000000000 + n, ${STAR}, 7100000000000000000 + n FROM generate_series(1, 100000) AS n;
     INSERT INTO tweets.bookmarks (tweet_id, user_id)
       SELECT ${STAR}, 7100000000000000000 + n FROM generate_series(1, 100000) AS n;
     INSERT INTO tweets.tweets (id, author_id, conversation_id, text, entities, words)
       VALUES (${STAR}, ${AUTHOR}, ${STAR}, 'See', '{}', '');
     INSERT INTO tweets.tweets (id, author_id, conversation_id, quoted_tweet_id, text, entities, words)
       SELECT 7300000000000000000 + n, ${AUTHOR}, 7300000000000000000 + n, ${STAR}, 'Look', '{}', ''
       FROM generate_series(1, 100000) AS n;
     INSERT INTO tweets.likes (tweet_id, user_id) SELECT 7300000000000000000 + n, ${READER} FROM generate_series(1, 100000) AS n;
     INSERT INTO tweets.bookmarks (tweet_id, user_id)
       SELECT 7300000000000000000 + n, ${READER} FROM generate_series(1, 100000) AS n;
     INSERT INTO tweets.tweet_counts (tweet_id, likes, retweets, quotes, bookmarks)
       VALUES (${STAR}, ${CROWD}, 100000, 100000, 100000);
     INSERT INTO tweets.author_counts (user_id, tweets) VALUES (${AUTHOR}, 100001)`,
  );
}, 120_000);
afterAll(() => tweets.stop());

async function blocksOf(mode: PlanMode, run: (database: Queryable) => Promise<unknown>): Promise<number> {
  const client = await tweets.database.pool.connect();
  let blocks = 0;
  try {
    // Who calls a function for the first time reads what it is.
    await client.query("BEGIN; SELECT platform.events_to_come('nobody', '{}', 1)");
    await run(
      explaining(client, mode, (touched) => {
        blocks += touched;
      }),
    );
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
  return blocks;
}

const of = (ownerId: string) => ({ ownerId, after: undefined, before: undefined });
const from = (ownerId: string, position: number | string) => ({ ...of(ownerId), after: [String(position)] });
const LISTS = { listLikers, listRetweeters, listQuotes };

/** What touches how many blocks at most: a few for each entry that is read, and none for those who like. */
const WORK: readonly (readonly [string, number, (database: Queryable) => Promise<unknown>])[] = [
  ...Object.entries(LISTS).flatMap(([name, list]): (typeof WORK)[number][] => [
    [`${name}, the first`, 250, (db) => list(db, [of(STAR)], 'forward', 21)],
    [`${name}, the last`, 250, (db) => list(db, [of(STAR)], 'backward', 21)],
    [`${name}, 100`, 900, (db) => list(db, [of(STAR)], 'forward', 101)],
  ]),
  ['listLikers, from the middle', 250, (db) => listLikers(db, [from(STAR, CROWD / 2)], 'forward', 21)],
  ['listQuotes, from the middle', 250, (db) => listQuotes(db, [from(STAR, '7300000000000050000')], 'forward', 21)],
  ['what a reader likes', 250, (db) => listLikes(db, [of(READER)], 'forward', 21)],
  ['what a reader likes, the last', 250, (db) => listLikes(db, [of(READER)], 'backward', 21)],
  ['what a reader has bookmarked', 250, (db) => listBookmarks(db, [of(READER)], 'forward', 21)],
  ['the counts', 60, (db) => getCountsByTweetIds(db, [STAR])],
  ['the count of an author', 60, (db) => getCountsByUserIds(db, [AUTHOR])],
  ['a like', 150, (db) => engage(db, engagementStatements.like, [{ viewerId: READER, tweetId: STAR }])],
  [
    'a like that is there',
    150,
    (db) => engage(db, engagementStatements.like, [{ viewerId: '7100000000000000007', tweetId: STAR }]),
  ],
  [
    'an unlike',
    150,
    (db) => engage(db, engagementStatements.unlike, [{ viewerId: '7100000000000000007', tweetId: STAR }]),
  ],
  ['a bookmark', 150, (db) => engage(db, engagementStatements.bookmark, [{ viewerId: READER, tweetId: STAR }])],
];

describe.each([
  ['with statistics', 'ANALYZE tweets.likes, tweets.retweets, tweets.bookmarks, tweets.tweets'],
  ['after housekeeping', 'VACUUM ANALYZE tweets.likes, tweets.retweets, tweets.bookmarks, tweets.tweets'],
])('TW-5: a tweet with a million likes, %s', (_state, prepare) => {
  beforeAll(() => tweets.database.pool.query(prepare));

  test.each(WORK)('%s: at most %i blocks', async (_what, most, run) => {
    expect(await blocksOf('force_custom_plan', run), 'planned for the values').toBeLessThanOrEqual(most);
    expect(await blocksOf('force_generic_plan', run), 'planned once for all values').toBeLessThanOrEqual(most);
  });
});
