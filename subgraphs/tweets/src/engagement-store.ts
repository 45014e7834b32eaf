import { type Queryable, statement } from '@starling/platform/postgres';

/** A tweet as one viewer sees it. */
export interface ViewersTweet {
  readonly viewerId: string;
  readonly tweetId: string;
}

/** What a viewer has done with a tweet. */
export interface ViewerState extends ViewersTweet {
  readonly hasLiked: boolean;
  readonly hasRetweeted: boolean;
  readonly hasBookmarked: boolean;
}

// Scalar subqueries are probes of the primary keys, three per pair.
const getViewerStatesStatement = statement(
  'tweets.getViewerStates',
  `SELECT seen.viewer_id AS "viewerId", seen.id AS "tweetId",
     (SELECT true FROM tweets.likes WHERE tweet_id = seen.id AND user_id = seen.viewer_id) IS NOT NULL AS "hasLiked",
     (SELECT true FROM tweets.retweets WHERE tweet_id = seen.id AND user_id = seen.viewer_id) IS NOT NULL AS "hasRetweeted",
     (SELECT true FROM tweets.bookmarks WHERE tweet_id = seen.id AND user_id = seen.viewer_id) IS NOT NULL AS "hasBookmarked"
   FROM unnest($1::bigint[], $2::bigint[]) AS seen (viewer_id, id)`,
);

const addLikeStatement = statement(
  'tweets.addLike',
  'INSERT INTO tweets.likes (tweet_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
);
const removeLikeStatement = statement(
  'tweets.removeLike',
  'DELETE FROM tweets.likes WHERE tweet_id = $1 AND user_id = $2 RETURNING 1',
);
const addBookmarkStatement = statement(
  'tweets.addBookmark',
  'INSERT INTO tweets.bookmarks (tweet_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING 1',
);
const removeBookmarkStatement = statement(
  'tweets.removeBookmark',
  'DELETE FROM tweets.bookmarks WHERE tweet_id = $1 AND user_id = $2 RETURNING 1',
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
     gone_retweets AS (DELETE FROM tweets.retweets WHERE tweet_id = ANY($1::bigint[]))
   DELETE FROM tweets.bookmarks WHERE tweet_id = ANY($1::bigint[])`,
);

/** One row per pair, whether or not there is such a tweet. */
export async function getViewerStates(database: Queryable, seen: readonly ViewersTweet[]): Promise<ViewerState[]> {
  return database.query(getViewerStatesStatement, [
    seen.map(({ viewerId }) => viewerId),
    seen.map(({ tweetId }) => tweetId),
  ]);
}

// Each answers whether it changed anything. Of two that add or remove the same thing at once, one waits for the other.

export async function addLike(transaction: Queryable, tweetId: string, userId: string): Promise<boolean> {
  return (await transaction.query(addLikeStatement, [tweetId, userId])).length > 0;
}

export async function removeLike(transaction: Queryable, tweetId: string, userId: string): Promise<boolean> {
  return (await transaction.query(removeLikeStatement, [tweetId, userId])).length > 0;
}

export async function addBookmark(transaction: Queryable, tweetId: string, userId: string): Promise<boolean> {
  return (await transaction.query(addBookmarkStatement, [tweetId, userId])).length > 0;
}

export async function removeBookmark(transaction: Queryable, tweetId: string, userId: string): Promise<boolean> {
  return (await transaction.query(removeBookmarkStatement, [tweetId, userId])).length > 0;
}

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

/** Removes all likes, retweets and bookmarks of these tweets. */
export async function eraseEngagement(database: Queryable, tweetIds: readonly string[]): Promise<void> {
  await database.query(eraseEngagementStatement, [tweetIds]);
}
