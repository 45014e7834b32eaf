import { type Queryable, statement } from '@starling/platform/postgres';

/** What an author's key stands for. */
export interface KeyUse {
  readonly authorId: string;
  readonly key: string;
  /** Of all that was asked, so that the same key with something else is told from a repetition. */
  readonly inputDigest: Buffer;
}

export interface KeyedTweet {
  readonly tweetId: string;
  readonly inputDigest: Buffer;
}

const findKeyStatement = statement(
  'tweets.findIdempotencyKey',
  `SELECT tweet_id AS "tweetId", input_digest AS "inputDigest" FROM tweets.idempotency_keys
   WHERE author_id = $1 AND key = $2 AND created_at > now() - interval '24 hours'`,
);

// Waits for a transaction that is about to use the same key.
const claimKeyStatement = statement(
  'tweets.claimIdempotencyKey',
  `INSERT INTO tweets.idempotency_keys AS used (author_id, key, input_digest, tweet_id) VALUES ($1, $2, $3, $4)
   ON CONFLICT (author_id, key) DO UPDATE
     SET input_digest = excluded.input_digest, tweet_id = excluded.tweet_id, created_at = excluded.created_at
     WHERE used.created_at <= now() - interval '24 hours'
   RETURNING 1`,
);

const forgetKeysStatement = statement(
  'tweets.forgetIdempotencyKeys',
  `DELETE FROM tweets.idempotency_keys WHERE (author_id, key) IN (
     SELECT author_id, key FROM tweets.idempotency_keys
     WHERE author_id = $1 AND created_at <= now() - interval '24 hours' FOR UPDATE SKIP LOCKED
   )`,
);

/** What the key made within the last 24 hours. */
export async function findKey(
  database: Queryable,
  { authorId, key }: Pick<KeyUse, 'authorId' | 'key'>,
): Promise<KeyedTweet | undefined> {
  const [row] = await database.query<KeyedTweet>(findKeyStatement, [authorId, key]);
  return row;
}

/** Takes the key for this tweet, and forgets the author's old keys; false when the key is taken by now. */
export async function claimKey(transaction: Queryable, use: KeyUse, tweetId: string): Promise<boolean> {
  const claimed = await transaction.query(claimKeyStatement, [use.authorId, use.key, use.inputDigest, tweetId]);
  if (claimed.length === 0) return false;
  await transaction.query(forgetKeysStatement, [use.authorId]);
  return true;
}
