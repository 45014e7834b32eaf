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

/** The columns of a use as expressions of SQL. */
export interface KeyUseColumns {
  readonly authorId: string;
  readonly key: string;
  readonly inputDigest: string;
  readonly tweetId: string;
}

/**
 * SQL, as queries of a WITH clause: `claimed` has a row when the key was free and is now taken for the tweet; old keys of the
 * author are then forgotten, a hundred at once. It waits for a transaction that is about to use the same key. `which` says, as the rest of
 * a query, from where and whether at all.
 */
export const claimKey = ({ authorId, key, inputDigest, tweetId }: KeyUseColumns, which: string): string => `
   claimed AS (
     INSERT INTO tweets.idempotency_keys AS used (author_id, key, input_digest, tweet_id)
     SELECT ${authorId}, ${key}, ${inputDigest}, ${tweetId} ${which}
     ON CONFLICT (author_id, key) DO UPDATE
       SET input_digest = excluded.input_digest, tweet_id = excluded.tweet_id, created_at = excluded.created_at
       WHERE used.created_at <= now() - interval '24 hours'
     RETURNING 1
   ),
   forgotten AS (
     DELETE FROM tweets.idempotency_keys WHERE ctid = ANY (ARRAY(
       SELECT ctid FROM tweets.idempotency_keys
       WHERE EXISTS (SELECT FROM claimed)
         AND author_id = ${authorId} AND key <> ${key} AND created_at <= now() - interval '24 hours'
       LIMIT 100 FOR UPDATE SKIP LOCKED
     ))
   )`;

/** What the key made within the last 24 hours. */
export async function findKey(
  database: Queryable,
  { authorId, key }: Pick<KeyUse, 'authorId' | 'key'>,
): Promise<KeyedTweet | undefined> {
  const [row] = await database.query<KeyedTweet>(findKeyStatement, [authorId, key]);
  return row;
}
