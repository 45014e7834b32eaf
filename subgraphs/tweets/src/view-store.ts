import { type Queryable, statement } from '@starling/platform/postgres';

/** Of one tweet; `sketch` is of `day`, UTC, as RFC 3339 writes a date. */
export interface Views {
  readonly tweetId: string;
  readonly day: string;
  readonly sketch: Buffer;
  /** About how many there were on that day. */
  readonly today: number;
  /** And on all days before. */
  readonly earlier: number;
}

/** How often a tweet was looked at, about. */
export interface ViewCount {
  readonly tweetId: string;
  readonly views: number;
}

const getViewCountsStatement = statement(
  'tweets.getViewCountsByTweetIds',
  'SELECT tweet_id AS "tweetId", earlier + today AS views FROM tweets.tweet_views WHERE tweet_id = ANY($1::bigint[])',
);
const addRowsStatement = statement(
  'tweets.addViewRows',
  `INSERT INTO tweets.tweet_views (tweet_id, day) SELECT id, $2::date FROM tweets.tweets
   WHERE id = ANY($1::bigint[]) AND deleted_at IS NULL ORDER BY id ON CONFLICT DO NOTHING`,
);
const lockViewsStatement = statement(
  'tweets.lockViews',
  `SELECT tweet_id AS "tweetId", day::text, sketch, today, earlier FROM tweets.tweet_views
   WHERE tweet_id = ANY($1::bigint[]) ORDER BY tweet_id FOR UPDATE`,
);
const setViewsStatement = statement(
  'tweets.setViews',
  `UPDATE tweets.tweet_views AS views
   SET day = seen.day, sketch = seen.sketch, today = seen.today, earlier = seen.earlier
   FROM unnest($1::bigint[], $2::date[], $3::bytea[], $4::int[], $5::int[]) AS seen (tweet_id, day, sketch, today, earlier)
   WHERE views.tweet_id = seen.tweet_id`,
);

/** What nobody has looked at has no row. */
export async function getViewCountsByTweetIds(database: Queryable, tweetIds: readonly string[]): Promise<ViewCount[]> {
  return database.query(getViewCountsStatement, [tweetIds]);
}

/** The rows of these tweets, made when there are none; of a tweet that is deleted meanwhile there is none. Locks: those rows, in the order of ids. */
export async function lockViews(transaction: Queryable, tweetIds: readonly string[], day: string): Promise<Views[]> {
  await transaction.query(addRowsStatement, [tweetIds, day]);
  return transaction.query(lockViewsStatement, [tweetIds]);
}

export async function setViews(transaction: Queryable, views: readonly Views[]): Promise<void> {
  await transaction.query(setViewsStatement, [
    views.map(({ tweetId }) => tweetId),
    views.map(({ day }) => day),
    views.map(({ sketch }) => sketch),
    views.map(({ today }) => today),
    views.map(({ earlier }) => earlier),
  ]);
}
