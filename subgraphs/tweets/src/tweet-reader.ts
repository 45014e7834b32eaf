import { type EntityCache, type HotMemory, type HotReader, readThrough, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import { kindOf } from '@starling/platform/snowflake';
import { cacheKeys } from './cache-keys.ts';
import { getTweetsByIds, type TweetRow } from './tweet-store.ts';

/** Tweets that a process remembers, about 1 kB each. */
const REMEMBERED = 50_000;

/** Rows of tweets, deleted ones too, which are the same for every viewer: read for all who ask at the same moment. */
export interface TweetReader extends Pick<HotReader<TweetRow>, 'peek' | 'read'> {
  /** What is read from now on is read anew. */
  forget(ids: readonly string[]): Promise<void>;
}

export function createTweetReader(database: Database, cache: EntityCache, memory: HotMemory): TweetReader {
  const keyOf = cacheKeys.tweet;
  const readRows = async (ids: readonly string[]) =>
    (await getTweetsByIds(database, ids)).map((row) => [row.id, row] as const);
  const readTogether = async (ids: readonly string[]) => [
    ...(await readThrough(ids, { cache, keyOf, read: readRows })).values(),
  ];

  const { peek, read, forget } = sharedReader<TweetRow>(memory.rows({ max: REMEMBERED }), readTogether, ({ id }) => id);
  // Other kinds of things are no tweets: nobody needs to be asked.
  const isTweet = (id: string) => kindOf(id) === 'tweet';
  return {
    peek(id) {
      const row = peek(id);
      return row === undefined && !isTweet(id) ? null : row;
    },
    async read(ids) {
      const rows = await read(ids.filter(isTweet));
      const byId = new Map(rows.map((row) => [row?.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    },
    async forget(ids) {
      // First what is shared: who asks after the last of it is gone from here finds nothing older there.
      await cache.deleteMany(ids.map(cacheKeys.tweet));
      forget(ids);
    },
  };
}
