import { sharedReads } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import { type AuthorCount, getCountsByTweetIds, getCountsByUserIds, type TweetCounts } from './count-store.ts';

/** Counts, which are the same for every viewer: read for concurrent requests together. What has none has no row. */
export interface CountReader {
  ofTweets(ids: readonly string[]): Promise<TweetCounts[]>;
  ofUsers(ids: readonly string[]): Promise<AuthorCount[]>;
}

export function createCountReader(database: Database): CountReader {
  return {
    ofTweets: sharedReads(
      (ids) => getCountsByTweetIds(database, ids),
      ({ tweetId }) => tweetId,
    ),
    ofUsers: sharedReads(
      (ids) => getCountsByUserIds(database, ids),
      ({ userId }) => userId,
    ),
  };
}
