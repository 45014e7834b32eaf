import type { PageRequest } from '@starling/platform/pagination';
import { type Queryable, statement, type Transaction } from '@starling/platform/postgres';

/** What is kept of a tweet that waits for a moderator. */
export interface HeldTweet {
  readonly id: string;
  readonly authorId: string;
  /** The name of the rule that held it. */
  readonly rule: string;
  readonly text: string;
  readonly replyToTweetId: string | null;
  readonly quotedTweetId: string | null;
  readonly idempotencyKey: string | null;
}

export type Decision = 'RELEASED' | 'DISCARDED';

/** What has been decided already. */
export interface Decided {
  readonly decision: Decision;
  /** The tweet that it became when it was released. */
  readonly tweetId: string | null;
}

const COLUMNS = `id, author_id AS "authorId", rule, text, reply_to_tweet_id AS "replyToTweetId",
     quoted_tweet_id AS "quotedTweetId", idempotency_key AS "idempotencyKey"`;

// Until the transaction ends, nobody else holds a tweet of the same author.
const lockAuthorStatement = statement(
  'tweets.lockHeldOfAuthor',
  `SELECT pg_advisory_xact_lock(hashtextextended('tweets.held_tweets', $1::bigint))`,
);

const holdStatement = statement(
  'tweets.holdTweet',
  `WITH waiting AS (
     SELECT count(*) AS many, coalesce(bool_or(idempotency_key = $7 AND text = $4
         AND reply_to_tweet_id IS NOT DISTINCT FROM $5::bigint AND quoted_tweet_id IS NOT DISTINCT FROM $6::bigint),
       false) AS this
     FROM tweets.held_tweets WHERE author_id = $2 AND decision IS NULL
   ), added AS (
     INSERT INTO tweets.held_tweets (id, author_id, rule, text, reply_to_tweet_id, quoted_tweet_id, idempotency_key)
     SELECT $1, $2, $3, $4, $5, $6, $7 FROM waiting WHERE NOT this AND many < $8::int
   )
   SELECT this OR many < $8::int AS held FROM waiting`,
);

const listStatement = (order: 'ASC' | 'DESC') =>
  statement(
    `tweets.listHeldTweets.${order}`,
    `SELECT ${COLUMNS} FROM tweets.held_tweets
     WHERE decision IS NULL AND ($1::bigint IS NULL OR id > $1) AND ($2::bigint IS NULL OR id < $2)
     ORDER BY id ${order} LIMIT $3`,
  );
const LIST = { forward: listStatement('ASC'), backward: listStatement('DESC') };

const lockStatement = statement(
  'tweets.lockHeldTweet',
  `SELECT ${COLUMNS}, decision, tweet_id AS "tweetId" FROM tweets.held_tweets WHERE id = $1 FOR UPDATE`,
);

const decideStatement = statement(
  'tweets.decideHeldTweet',
  `UPDATE tweets.held_tweets
   SET decision = $2, decided_by = $3, tweet_id = $4, decided_at = now(), text = NULL, idempotency_key = NULL WHERE id = $1`,
);

const countStatement = statement(
  'tweets.countHeldTweets',
  'SELECT count(*)::int AS waiting FROM tweets.held_tweets WHERE decision IS NULL',
);

/**
 * Keeps a tweet for a moderator, unless its author has as many there as one may have; the same one again, with the same
 * idempotency key, is there already. Answers whether it is there. Locks: what is held of the author.
 */
export async function holdTweet(transaction: Transaction, held: HeldTweet, most: number): Promise<boolean> {
  const { id, authorId, rule, text, replyToTweetId, quotedTweetId, idempotencyKey } = held;
  await transaction.query(lockAuthorStatement, [authorId]);
  const values = [id, authorId, rule, text, replyToTweetId, quotedTweetId, idempotencyKey, most];
  const [row] = await transaction.query<{ held: boolean }>(holdStatement, values);
  return row?.held ?? false;
}

/** What waits, the longest first. */
export function listHeldTweets(
  database: Queryable,
  { direction, limit, after, before }: PageRequest<string[]>,
): Promise<HeldTweet[]> {
  return database.query(LIST[direction], [after?.[0] ?? null, before?.[0] ?? null, limit + 1]);
}

/** A tweet that is held or was, which stays as it is until the transaction ends. */
export async function lockHeldTweet(transaction: Transaction, id: string): Promise<HeldTweet | Decided | undefined> {
  const [row] = await transaction.query<HeldTweet | Decided>(lockStatement, [id]);
  return row;
}

export const isDecided = (held: HeldTweet | Decided): held is Decided => 'decision' in held && held.decision !== null;

/** Ends the waiting of a locked one: what was decided stays, and who did; what it said goes. */
export async function decide(
  transaction: Transaction,
  id: string,
  { decision, tweetId, moderatorId }: Decided & { readonly moderatorId: string },
): Promise<void> {
  await transaction.query(decideStatement, [id, decision, moderatorId, tweetId]);
}

/** How many wait. */
export async function countHeldTweets(database: Queryable): Promise<number> {
  const [row] = await database.query<{ waiting: number }>(countStatement);
  return row?.waiting ?? 0;
}
