import type { EntityCache } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { kindOf } from '@starling/platform/snowflake';
import { cacheKeys } from './cache-keys.ts';
import { getTweetsByIds, type TweetRow } from './tweet-store.ts';

/** Rows of tweets, which are the same for every viewer: cached, and read once for all who ask at the same moment. */
export interface TweetReader {
  /** One answer per id: the row, a deleted tweet's too, or null when there is none. */
  read(ids: readonly string[]): Promise<(TweetRow | null)[]>;
  /** What is read from now on is read anew. */
  forget(ids: readonly string[]): Promise<void>;
}

export function createTweetReader(database: Database, cache: EntityCache): TweetReader {
  const underWay = new Map<string, Promise<TweetRow | null>>();

  /** One look-up in the cache, one statement for what it does not know. */
  const readTogether = async (ids: readonly string[]): Promise<Map<string, TweetRow | null>> => {
    const { found, fill } = await cache.lookUp<TweetRow>(ids.map(cacheKeys.tweet));
    const rows = new Map(ids.map((id, index) => [id, found[index] ?? null]));
    const missing = ids.filter((_, index) => found[index] === undefined);
    if (missing.length > 0) {
      for (const row of await getTweetsByIds(database, missing)) rows.set(row.id, row);
      await fill(missing.map((id) => [cacheKeys.tweet(id), rows.get(id) ?? null]));
    }
    return rows;
  };

  const begin = (ids: readonly string[]): void => {
    const together = readTogether(ids);
    for (const id of ids) {
      const one = together.then((rows) => rows.get(id) ?? null);
      underWay.set(id, one);
      const end = () => {
        if (underWay.get(id) === one) underWay.delete(id);
      };
      one.then(end, end);
    }
  };

  return {
    async read(ids) {
      // Other kinds of things are no tweets: no cache and no table needs to be asked.
      const unread = [...new Set(ids)].filter((id) => kindOf(id) === 'tweet' && !underWay.has(id));
      if (unread.length > 0) begin(unread);
      return Promise.all(ids.map((id) => underWay.get(id) ?? null));
    },
    async forget(ids) {
      // Who asks after this must not join a statement that began before it.
      for (const id of ids) underWay.delete(id);
      await cache.deleteMany(ids.map(cacheKeys.tweet));
    },
  };
}
