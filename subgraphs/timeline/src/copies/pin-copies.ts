import { statement, type Transaction } from '@starling/platform/postgres';
import { type KnownEvent, only } from '../events.ts';

const setPins = statement(
  'timeline.setPins',
  `INSERT INTO timeline.pins (user_id, tweet_id) SELECT * FROM unnest($1::bigint[], $2::bigint[])
   ON CONFLICT (user_id) DO UPDATE SET tweet_id = excluded.tweet_id`,
);

const removePins = statement(
  'timeline.removePins',
  `DELETE FROM timeline.pins p USING unnest($1::bigint[], $2::bigint[]) AS gone (user_id, tweet_id)
   WHERE p.user_id = gone.user_id AND p.tweet_id = gone.tweet_id`,
);

/** An unpinned tweet takes away the pin of that very tweet: what was pinned after it stays. */
export async function copyPins(transaction: Transaction, events: readonly KnownEvent[]): Promise<void> {
  const pinned = new Map<string, string>();
  const unpinned: (readonly [userId: string, tweetId: string])[] = [];
  for (const { name, payload } of only(events, 'tweet.pinned.v1', 'tweet.unpinned.v1')) {
    if (name === 'tweet.pinned.v1') pinned.set(payload.userId, payload.tweetId);
    else {
      unpinned.push([payload.userId, payload.tweetId]);
      if (pinned.get(payload.userId) === payload.tweetId) pinned.delete(payload.userId);
    }
  }
  // Removals first: a tweet may be pinned again after it was unpinned.
  if (unpinned.length > 0) {
    await transaction.query(removePins, [unpinned.map(([userId]) => userId), unpinned.map(([, tweetId]) => tweetId)]);
  }
  if (pinned.size > 0) await transaction.query(setPins, [[...pinned.keys()], [...pinned.values()]]);
}
