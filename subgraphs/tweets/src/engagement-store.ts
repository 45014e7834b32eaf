import { type Queryable, statement } from '@starling/platform/postgres';

/** What a viewer has done with a tweet. */
export interface ViewerState {
  readonly tweetId: string;
  readonly hasLiked: boolean;
  readonly hasRetweeted: boolean;
  readonly hasBookmarked: boolean;
}

// Scalar subqueries are probes of the primary keys, three per tweet of the page.
const getViewerStatesStatement = statement(
  'tweets.getViewerStatesByTweetIds',
  `SELECT tweet.id AS "tweetId",
     (SELECT true FROM tweets.likes WHERE tweet_id = tweet.id AND user_id = $1) IS NOT NULL AS "hasLiked",
     (SELECT true FROM tweets.retweets WHERE tweet_id = tweet.id AND user_id = $1) IS NOT NULL AS "hasRetweeted",
     (SELECT true FROM tweets.bookmarks WHERE tweet_id = tweet.id AND user_id = $1) IS NOT NULL AS "hasBookmarked"
   FROM unnest($2::bigint[]) AS tweet (id)`,
);

const addRetweetStatement = statement(
  'tweets.addRetweet',
  'INSERT INTO tweets.retweets (tweet_id, user_id, id) VALUES ($1, $2, $3) ON CONFLICT (tweet_id, user_id) DO NOTHING RETURNING 1',
);
const removeRetweetStatement = statement(
  'tweets.removeRetweet',
  'DELETE FROM tweets.retweets WHERE tweet_id = $1 AND user_id = $2 RETURNING id',
);

const eraseEngagementStatement = statement(
  'tweets.eraseEngagement',
  `WITH
     gone_likes AS (DELETE FROM tweets.likes WHERE tweet_id = ANY($1::bigint[])),
     gone_retweets AS (DELETE FROM tweets.retweets WHERE tweet_id = ANY($1::bigint[])),
     gone_views AS (DELETE FROM tweets.tweet_views WHERE tweet_id = ANY($1::bigint[]))
   DELETE FROM tweets.bookmarks WHERE tweet_id = ANY($1::bigint[])`,
);

/** One row per id, whether or not there is such a tweet. */
export async function getViewerStatesByTweetIds(
  database: Queryable,
  viewerId: string,
  tweetIds: readonly string[],
): Promise<ViewerState[]> {
  return database.query(getViewerStatesStatement, [viewerId, tweetIds]);
}

// Each answers whether it changed anything. Of two that add or remove the same thing at once, one waits for the other.

export async function addRetweet(
  transaction: Queryable,
  tweetId: string,
  userId: string,
  retweetId: string,
): Promise<boolean> {
  return (await transaction.query(addRetweetStatement, [tweetId, userId, retweetId])).length > 0;
}

/** The id of the retweet that is no more; undefined when there was none. */
export async function removeRetweet(
  transaction: Queryable,
  tweetId: string,
  userId: string,
): Promise<string | undefined> {
  const [row] = await transaction.query<{ id: string }>(removeRetweetStatement, [tweetId, userId]);
  return row?.id;
}

/** Removes all likes, retweets, bookmarks and views of these tweets. */
export async function eraseEngagement(database: Queryable, tweetIds: readonly string[]): Promise<void> {
  await database.query(eraseEngagementStatement, [tweetIds]);
}
