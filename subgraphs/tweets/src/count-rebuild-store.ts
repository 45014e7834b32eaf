import { type Queryable, statement } from '@starling/platform/postgres';

const isMadeAnewStatement = statement(
  'tweets.areCountsMadeAnew',
  'SELECT tweets_done IS NOT NULL AS "isMadeAnew" FROM tweets.counting',
);

// Whoever begins while counts are made anew begins from the start.
const beginStatement = statement(
  'tweets.beginToMakeCountsAnew',
  'UPDATE tweets.counting SET generation = generation + 1, tweets_done = 0, authors_done = 0',
);
const moveStatement = statement(
  'tweets.moveCountsMadeAnew',
  'UPDATE tweets.counting SET tweets_done = $1, authors_done = $2',
);

const nextTweetsStatement = statement(
  'tweets.listTweetsToCount',
  'SELECT id FROM tweets.tweets WHERE id > $1 ORDER BY id LIMIT $2',
);
// One probe of the index for each author; and whoever has a count, with nothing to be counted any more.
const nextAuthorsStatement = statement(
  'tweets.listAuthorsToCount',
  `WITH RECURSIVE author (id, number) AS (
     (SELECT author_id, 1 FROM tweets.tweets WHERE author_id > $1 AND deleted_at IS NULL ORDER BY author_id LIMIT 1)
     UNION ALL
     SELECT (SELECT author_id FROM tweets.tweets WHERE author_id > author.id AND deleted_at IS NULL
       ORDER BY author_id LIMIT 1), number + 1
     FROM author WHERE author.id IS NOT NULL AND number < $2
   )
   SELECT id FROM author WHERE id IS NOT NULL
   UNION (SELECT user_id FROM tweets.author_counts WHERE user_id > $1 ORDER BY user_id LIMIT $2)
   ORDER BY id LIMIT $2`,
);

const oldAnswersStatement = statement(
  'tweets.listAnswersToCount',
  `SELECT answer.id FROM tweets.counting, tweets.tweets AS answer
   LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = answer.id
   WHERE answer.reply_to_tweet_id = ANY($1::bigint[]) AND answer.deleted_at IS NULL
     AND answer.id > counting.tweets_done AND counts.generation IS DISTINCT FROM counting.generation
   LIMIT $2`,
);

// The log has been read, and nothing is left of what it made.
const isLostStatement = statement(
  'tweets.areCountsLost',
  `SELECT NOT EXISTS (SELECT FROM tweets.tweet_counts) AND (
       EXISTS (SELECT FROM tweets.likes) OR EXISTS (SELECT FROM tweets.retweets) OR EXISTS (SELECT FROM tweets.bookmarks)
       OR EXISTS (SELECT FROM tweets.tweets WHERE reply_to_tweet_id IS NOT NULL AND deleted_at IS NULL))
     OR NOT EXISTS (SELECT FROM tweets.author_counts) AND EXISTS (SELECT FROM tweets.tweets WHERE deleted_at IS NULL)
     AS "isLost"`,
);

// What statistics say, or a young table's size: for a line of progress.
const estimateStatement = statement(
  'tweets.estimateTweets',
  `SELECT greatest(reltuples, 0)::bigint::text AS tweets FROM pg_class WHERE oid = 'tweets.tweets'::regclass`,
);

interface Id {
  readonly id: string;
}

const idsOf = (rows: readonly Id[]) => rows.map(({ id }) => id);

export async function isMadeAnew(database: Queryable): Promise<boolean> {
  const [row] = await database.query<{ isMadeAnew: boolean }>(isMadeAnewStatement);
  return row?.isMadeAnew ?? false;
}

/** From here on no count is believed that is not made after this. The transaction holds `lockCounting`. */
export async function beginToMakeAnew(transaction: Queryable): Promise<void> {
  await transaction.query(beginStatement);
}

/** Up to which tweet and which author counts have been made; null ends it. The transaction holds `lockCounting`. */
export async function moveMadeAnew(
  transaction: Queryable,
  done: { readonly tweets: string; readonly authors: string } | null,
): Promise<void> {
  await transaction.query(moveStatement, [done?.tweets ?? null, done?.authors ?? null]);
}

/** Tweets after this one, deleted ones too, in the order of their ids. */
export async function listTweetsAfter(database: Queryable, id: string, size: number): Promise<string[]> {
  return idsOf(await database.query<Id>(nextTweetsStatement, [id, size]));
}

/** Who writes or has a count, after this account in the order of ids. */
export async function listAuthorsAfter(database: Queryable, id: string, size: number): Promise<string[]> {
  return idsOf(await database.query<Id>(nextAuthorsStatement, [id, size]));
}

/** Some of the answers to these tweets whose counts are still to be made anew. */
export async function listAnswersMadeBefore(
  database: Queryable,
  tweetIds: readonly string[],
  size: number,
): Promise<string[]> {
  return idsOf(await database.query<Id>(oldAnswersStatement, [tweetIds, size]));
}

/** Whether a table of counts is empty that cannot be. Only what has been counted can be missed: ask once nothing is left to count. */
export async function areCountsLost(database: Queryable): Promise<boolean> {
  const [row] = await database.query<{ isLost: boolean }>(isLostStatement);
  return row?.isLost ?? false;
}

export async function estimateTweets(database: Queryable): Promise<string> {
  const [row] = await database.query<{ tweets: string }>(estimateStatement);
  return row?.tweets ?? '0';
}
