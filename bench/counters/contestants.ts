import { randomUUID } from 'node:crypto';
import type { CatchesUp } from '@starling/platform/batching';
import { createHotMemory } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import type { RedisConnection } from '@starling/platform/redis';
import { until } from '../../engines/processes.ts';
import type { CommandParts } from '../../subgraphs/tweets/src/commands.ts';
import { tweetCounts } from '../../subgraphs/tweets/src/consumers/tweet-counts.ts';
import { type CountReader, createCountReader } from '../../subgraphs/tweets/src/count-reader.ts';
import { keepSums } from '../../subgraphs/tweets/src/count-state-store.ts';
import { likeTweet } from '../../subgraphs/tweets/src/like-tweet.ts';
import { createFolder } from '../../subgraphs/tweets/src/sums/folder.ts';
import { redisSums } from '../../subgraphs/tweets/src/sums/redis-sums.ts';

export interface Contestant {
  /** Which tweets are liked: one, or all. */
  readonly tweets: 'one' | 'many';
  /** Counts while others like; without one, nothing is counted until the end of the round. */
  readonly consumer?: Consumer;
  /** Likes durably, with the event, then reads the count. */
  like(userId: string, tweetId: string, counts: CatchesUp): Promise<void>;
  /** Somebody who reads counts and remembers none. */
  newReader(counts: CatchesUp): (tweetIds: readonly string[]) => Promise<void>;
  /** Ends what it does besides. */
  stop?(): Promise<void>;
}

/** Each round has connections of its own, which tell what they have written as they end. */
export interface Entry {
  readonly name: string;
  readonly begin: (parts: CommandParts) => Contestant;
}

function forgetful(reader: CountReader): (tweetIds: readonly string[]) => Promise<void> {
  return async (tweetIds) => {
    reader.ofTweets.forgetAll();
    await reader.ofTweets.read(tweetIds);
  };
}

const LIKE = 'INSERT INTO tweets.likes (tweet_id, user_id) VALUES ($1, $2)';
const EVENT = 'INSERT INTO platform.outbox (id, topic, name, key, payload) VALUES ($1, $2, $3, $4, $5)';
const COUNT = `INSERT INTO tweets.tweet_counts AS counts (tweet_id, likes) VALUES ($1, 1)
  ON CONFLICT (tweet_id) DO UPDATE SET likes = counts.likes + 1 RETURNING likes`;

/** The count's row is changed by each like: who comes next waits for the commit. */
export function rowByRow(database: Database): Contestant {
  const { pool } = database;
  return {
    tweets: 'one',
    newReader: (counts) => forgetful(createCountReader(database, counts, createHotMemory())),
    async like(userId, tweetId) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        await client.query({ name: 'bare like', text: LIKE, values: [tweetId, userId] });
        // Under a topic of its own: no consumer counts it again.
        const event = [randomUUID(), 'bench.like', 'tweet.liked.v1', tweetId, JSON.stringify({ tweetId, userId })];
        await client.query({ name: 'bare event', text: EVENT, values: event });
        await client.query({ name: 'bare count', text: COUNT, values: [tweetId] });
        await client.query('COMMIT');
      } finally {
        client.release();
      }
    },
  };
}

/** The product's command, and its reader of counts. */
export function theCommand(
  tweets: Contestant['tweets'],
  parts: CommandParts,
  counting: 'counted' | 'not counted',
): Contestant {
  const { database } = parts;
  let asked: CatchesUp | undefined;
  const reader = createCountReader(database, { caughtUp: async () => asked?.caughtUp() }, createHotMemory());
  return {
    tweets,
    ...(counting === 'counted' && { consumer: tweetCounts(database) }),
    newReader: (counts) => forgetful(createCountReader(database, counts, createHotMemory())),
    async like(userId, tweetId, counts) {
      asked = counts;
      const outcome = await likeTweet(parts, { viewerId: userId, tweetId });
      if (!outcome.ok) throw new Error(`A like was refused: ${JSON.stringify(outcome)}`);
      if (counting === 'not counted') return;
      // As the event of a like makes its process do.
      reader.ofTweets.forget([tweetId]);
      const [found] = await reader.ofTweets.read([tweetId]);
      if (!found || found.likes < 1) throw new Error('Somebody does not see their own like.');
    },
  };
}

/** The same with sums of what is not counted yet in Redis, and rows that are written behind them. */
export function withSums(tweets: Contestant['tweets'], parts: CommandParts, redis: RedisConnection): Contestant {
  const { database } = parts;
  let asked: CatchesUp | undefined;
  const counting: CatchesUp = { caughtUp: async () => asked?.caughtUp() };
  const sums = redisSums(redis);
  const folder = createFolder({ database, sums, counts: counting });
  const reader = createCountReader(database, counting, createHotMemory(), sums);
  return {
    tweets,
    consumer: tweetCounts(database),
    newReader: (counts) => forgetful(createCountReader(database, counts, createHotMemory(), sums)),
    async like(userId, tweetId, counts) {
      asked = counts;
      const outcome = await likeTweet(parts, { viewerId: userId, tweetId });
      if (!outcome.ok) throw new Error(`A like was refused: ${JSON.stringify(outcome)}`);
      // As the event of a like makes its process do.
      folder.wake();
      reader.ofTweets.forget([tweetId]);
      const [found] = await reader.ofTweets.read([tweetId]);
      if (!found || found.likes < 1) throw new Error('Somebody does not see their own like.');
    },
    async stop() {
      await folder.stop();
      // Whoever counts next is in its usual hurry.
      await until('nobody keeps sums', () => keepSums(database, 0));
    },
  };
}

/** The product's command and reader, with rows that are written as seldom as behind sums, and no sums. */
export function seldomWritten(parts: CommandParts): Contestant {
  const contestant = theCommand('many', parts, 'counted');
  return { ...contestant, consumer: { ...tweetCounts(parts.database), paceMs: 5_000 } };
}

/** The same, counted as fast as events come, and waited for by whoever reads. */
export function waitedFor(parts: CommandParts): Contestant {
  const { database } = parts;
  const reader = createCountReader(database, { caughtUp: async () => {} }, createHotMemory());
  return {
    tweets: 'one',
    consumer: { ...tweetCounts(database), paceMs: 0 },
    newReader: (counts) => forgetful(createCountReader(database, counts, createHotMemory())),
    async like(userId, tweetId, counts) {
      const outcome = await likeTweet(parts, { viewerId: userId, tweetId });
      if (!outcome.ok) throw new Error(`A like was refused: ${JSON.stringify(outcome)}`);
      await counts.caughtUp();
      reader.ofTweets.forget([tweetId]);
      await reader.ofTweets.read([tweetId]);
    },
  };
}
