import { type HotMemory, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import type { CountReader } from './count-reader.ts';
import { type Entry, listAnswerHeads } from './list-store.ts';
import type { TweetReader } from './tweet-reader.ts';
import { getAnsweredIds } from './tweet-store.ts';

/** Answers that a process remembers of all tweets together, about 250 bytes each. */
const REMEMBERED = 100_000;
/** The first answers to one tweet; what comes after them is read by SQL. */
const HEAD = 200;

/** The first answers to a tweet, in their order, whoever reads them; what they say is not looked at. */
export interface AnswerHead {
  readonly tweetId: string;
  readonly entries: readonly Entry[];
  /** There are no others. */
  readonly isWhole: boolean;
}

/** Where answers stand, which is the same for every viewer: through the memory of the process. */
export interface AnswerReader {
  /** One answer per id. */
  read(tweetIds: readonly string[]): Promise<AnswerHead[]>;
  /** The counts of these tweets have changed: forgets what answers them, and what answers the same as they do. */
  forgetWith(tweetIds: Iterable<string>): Promise<void>;
  forgetAll(): void;
}

export interface AnswerReaderParts {
  readonly database: Database;
  readonly memory: HotMemory;
  readonly countReader: Pick<CountReader, 'answersInPlace'>;
  readonly tweets: Pick<TweetReader, 'peek'>;
  /** Answers to one tweet that are remembered, at most; 200 when not given. */
  readonly head?: number | undefined;
}

const sizeOf = (head: AnswerHead | null) => 5 + (head?.entries.length ?? 0);
const ofTweet = ({ tweetId }: AnswerHead) => tweetId;

export function createAnswerReader({
  database,
  memory,
  countReader,
  tweets,
  head: size = HEAD,
}: AnswerReaderParts): AnswerReader {
  const { read, forget, forgetAll } = sharedReader<AnswerHead>(
    memory.rows({ max: REMEMBERED, sizeOf }),
    async (tweetIds) => {
      await countReader.answersInPlace(tweetIds);
      const heads = await listAnswerHeads(database, tweetIds, size);
      return tweetIds.map((tweetId, at) => {
        const entries = heads[at] ?? [];
        return { tweetId, entries, isWhole: entries.length < size };
      });
    },
    ofTweet,
  );
  return {
    read: async (tweetIds) =>
      (await read(tweetIds)).map((head, at) => head ?? { tweetId: tweetIds[at] as string, entries: [], isWhole: true }),
    async forgetWith(tweetIds) {
      const owners = new Set<string>();
      // An absence may be out of date here; what a tweet answers never changes.
      const unknown: string[] = [];
      for (const id of tweetIds) {
        owners.add(id);
        const row = tweets.peek(id);
        if (!row) unknown.push(id);
        else if (row.replyToTweetId !== null) owners.add(row.replyToTweetId);
      }
      for (const id of unknown.length > 0 ? await getAnsweredIds(database, unknown) : []) owners.add(id);
      forget(owners);
    },
    forgetAll,
  };
}
