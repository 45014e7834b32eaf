import { type Queryable, statement } from '@starling/platform/postgres';

export interface Pin {
  readonly userId: string;
  readonly tweetId: string;
}

const getPinsStatement = statement(
  'tweets.getPinsByUserIds',
  'SELECT user_id AS "userId", tweet_id AS "tweetId" FROM tweets.pins WHERE user_id = ANY($1::bigint[])',
);
const setPinStatement = statement(
  'tweets.setPin',
  `INSERT INTO tweets.pins AS pin (user_id, tweet_id) VALUES ($1, $2)
   ON CONFLICT (user_id) DO UPDATE SET tweet_id = excluded.tweet_id, pinned_at = excluded.pinned_at
   WHERE pin.tweet_id <> excluded.tweet_id
   RETURNING 1`,
);
const removePinStatement = statement(
  'tweets.removePin',
  'DELETE FROM tweets.pins WHERE user_id = $1 AND tweet_id = $2 RETURNING 1',
);

export async function getPinsByUserIds(database: Queryable, userIds: readonly string[]): Promise<Pin[]> {
  return database.query(getPinsStatement, [userIds]);
}

/** Pins in place of what was pinned before. Answers whether it changed anything. */
export async function setPin(transaction: Queryable, { userId, tweetId }: Pin): Promise<boolean> {
  return (await transaction.query(setPinStatement, [userId, tweetId])).length > 0;
}

/** Answers whether the tweet was pinned. */
export async function removePin(transaction: Queryable, { userId, tweetId }: Pin): Promise<boolean> {
  return (await transaction.query(removePinStatement, [userId, tweetId])).length > 0;
}
