import { sharedReads } from '@starling/platform/batching';
import { type HotMemory, type HotReader, hotReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { type AuthorCount, getCountsByTweetIds, getCountsByUserIds, type TweetCounts } from './count-store.ts';

/** Counts that a process remembers of tweets, and as many of authors, about 150 bytes each. */
const REMEMBERED = 100_000;

/** Counts, which are the same for every viewer: read for concurrent requests together. What has none has no row. */
export interface CountReader {
  readonly ofTweets: HotReader<TweetCounts>;
  readonly ofUsers: HotReader<AuthorCount>;
}

export function createCountReader(database: Database, memory: HotMemory): CountReader {
  const tweetOf = ({ tweetId }: TweetCounts) => tweetId;
  const userOf = ({ userId }: AuthorCount) => userId;
  return {
    ofTweets: hotReader(
      memory.rows({ max: REMEMBERED }),
      sharedReads((ids) => getCountsByTweetIds(database, ids), tweetOf),
      tweetOf,
    ),
    ofUsers: hotReader(
      memory.rows({ max: REMEMBERED }),
      sharedReads((ids) => getCountsByUserIds(database, ids), userOf),
      userOf,
    ),
  };
}
