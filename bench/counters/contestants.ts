import { randomUUID } from 'node:crypto';
import type { CatchesUp } from '@starling/platform/batching';
import { createHotMemory } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import type { CommandParts } from '../../subgraphs/tweets/src/commands.ts';
import { tweetCounts } from '../../subgraphs/tweets/src/consumers/tweet-counts.ts';
import { createCountReader } from '../../subgraphs/tweets/src/count-reader.ts';
import { likeTweet } from '../../subgraphs/tweets/src/like-tweet.ts';

export interface Contestant {
  /** Which tweets are liked: one, or all. */
  readonly tweets: 'one' | 'many';
  /** Counts while others like; without one, nothing is counted until the end of the round. */
  readonly consumer?: Consumer;
  /** Likes durably, with the event, then reads the count. */
  like(userId: string, tweetId: string, counts: CatchesUp): Promise<void>;
}

/** Each round has connections of its own, which tell what they have written as they end. */
export interface Entry {
  readonly name: string;
  readonly begin: (parts: CommandParts) => Contestant;
}

const LIKE = 'INSERT INTO tweets.likes (tweet_id, user_id) VALUES ($1, $2)';
const EVENT = 'INSERT INTO platform.outbox (id, topic, name, key, payload) VALUES ($1, $2, $3, $4, $5)';
const COUNT = `INSERT INTO tweets.tweet_counts AS counts (tweet_id, likes) VALUES ($1, 1)
  ON CONFLICT (tweet_id) DO UPDATE SET likes = counts.likes + 1 RETURNING likes`;

/** The count's row is changed by each like: who comes next waits for the commit. */
export function rowByRow({ pool }: Database): Contestant {
  return {
    tweets: 'one',
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

/** The same, counted as fast as events come, and waited for by whoever reads. */
export function waitedFor(parts: CommandParts): Contestant {
  const { database } = parts;
  const reader = createCountReader(database, { caughtUp: async () => {} }, createHotMemory());
  return {
    tweets: 'one',
    consumer: { ...tweetCounts(database), paceMs: 0 },
    async like(userId, tweetId, counts) {
      const outcome = await likeTweet(parts, { viewerId: userId, tweetId });
      if (!outcome.ok) throw new Error(`A like was refused: ${JSON.stringify(outcome)}`);
      await counts.caughtUp();
      reader.ofTweets.forget([tweetId]);
      await reader.ofTweets.read([tweetId]);
    },
  };
}
