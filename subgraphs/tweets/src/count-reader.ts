import type { CatchesUp } from '@starling/platform/batching';
import { type HotMemory, type HotReader, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { atPace } from './at-pace.ts';
import { createCountMaker } from './count-maker.ts';
import {
  type AddedBeyond,
  type AuthorCount,
  areAnswersToMove,
  type Belief,
  getCountsByTweetIds,
  getCountsByTweetIdsBeyond,
  getCountsByUserIds,
  getCountsByUserIdsBeyond,
  isPopularToMove,
  type TweetCounts,
} from './count-store.ts';
import { type CountSums, subjectOf, withAuthorSums, withTweetSums } from './sums/count-sums.ts';
import { readWithSums } from './sums/read-with-sums.ts';

/** Counts, which are the same for every viewer: as they are when they are asked for, read for concurrent requests together. */
export interface CountReader {
  readonly ofTweets: HotReader<TweetCounts>;
  readonly ofUsers: HotReader<AuthorCount>;
  /** Resolves once the answers to these tweets stand in their places, among each other, as counts now put them. */
  answersInPlace(tweetIds: readonly string[]): Promise<void>;
  /** Resolves once what is popular is ranked by the likes of this moment; what is liked often may lack a tenth of them. */
  popularInPlace(): Promise<void>;
}

/** Counts that a process remembers of tweets, and as many of authors, about 150 bytes each. */
const REMEMBERED = 100_000;

/** Likes from which on a tenth more hardly change a rank. */
const OFTEN = 1_000;

/** With sums, rows are written for the sake of an order so often at most. */
const ORDERED_EVERY_MS = 100;

/** Times that a read makes counts anew: once, unless everything begins to be made anew in that moment, too. */
const ATTEMPTS = 3;

/**
 * `counts` counts what has happened: asked only when that is more than a read adds up by itself. With `sums`, a read adds up
 * only what is not in them.
 */
export function createCountReader(
  database: Database,
  counts: CatchesUp,
  memory: HotMemory,
  sums?: CountSums,
): CountReader {
  const maker = createCountMaker(database, counts);
  const ordered = sums ? atPace(counts, ORDERED_EVERY_MS) : counts;

  async function read<Row extends Belief>(
    ids: readonly string[],
    getRows: (ids: readonly string[]) => Promise<Row[]>,
    keyOf: (row: Row) => string,
    make: (ids: readonly string[]) => Promise<void>,
  ): Promise<Row[]> {
    let rows = await getRows(ids);
    if (rows.some(({ isBehind }) => isBehind)) {
      await counts.caughtUp();
      rows = await getRows(ids);
    }
    // What there is not stays as it is.
    for (let attempt = 0; attempt < ATTEMPTS && rows.some(({ isOld }) => isOld); attempt += 1) {
      await make(rows.filter(({ isOld }) => isOld).map(keyOf));
      rows = await getRows(ids);
    }
    return rows;
  }

  const tweetRows = (ids: readonly string[]) => getCountsByTweetIds(database, ids);
  const authorRows = (ids: readonly string[]) => getCountsByUserIds(database, ids);
  const getTweets = sums
    ? (ids: readonly string[]) =>
        readWithSums<TweetCounts & Belief, TweetCounts & Belief & AddedBeyond>(sums, ids, {
          subjectOf: (tweetId) => subjectOf.tweet({ tweetId }),
          getBeyond: (asked, beyond) => getCountsByTweetIdsBeyond(database, asked, beyond),
          getRows: tweetRows,
          withSums: withTweetSums,
        })
    : tweetRows;
  const getAuthors = sums
    ? (ids: readonly string[]) =>
        readWithSums<AuthorCount & Belief, AuthorCount & Belief & AddedBeyond>(sums, ids, {
          subjectOf: (userId) => subjectOf.author({ userId }),
          getBeyond: (asked, beyond) => getCountsByUserIdsBeyond(database, asked, beyond),
          getRows: authorRows,
          withSums: withAuthorSums,
        })
    : authorRows;

  const ofTweet = ({ tweetId }: TweetCounts) => tweetId;
  const ofUser = ({ userId }: AuthorCount) => userId;
  return {
    ofTweets: sharedReader<TweetCounts>(
      memory.rows({ max: REMEMBERED }),
      (ids) => read<TweetCounts & Belief>(ids, getTweets, ofTweet, maker.tweets),
      ofTweet,
    ),
    ofUsers: sharedReader<AuthorCount>(
      memory.rows({ max: REMEMBERED }),
      (ids) => read<AuthorCount & Belief>(ids, getAuthors, ofUser, maker.authors),
      ofUser,
    ),
    async answersInPlace(tweetIds) {
      await maker.answersTo(tweetIds);
      if (await areAnswersToMove(database, tweetIds)) await ordered.caughtUp();
    },
    async popularInPlace() {
      if (await isPopularToMove(database, OFTEN)) await ordered.caughtUp();
    },
  };
}
