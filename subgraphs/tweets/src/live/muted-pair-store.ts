import { type Queryable, statement } from '@starling/platform/postgres';
import { type Entry, toldOf } from '../list-store.ts';

/** Somebody, and a tweet that they may be told of. */
export interface ReadersTweet {
  readonly viewerId: string;
  readonly tweetId: string;
}

// Who has muted no words, as nearly everybody, is left out by a look into an index.
const listStatement = statement(
  'tweets.listTweetsForMuters',
  `SELECT asked.viewer_id AS "viewerId", ${toldOf('asked.viewer_id')}
   FROM unnest($1::bigint[], $2::bigint[]) AS asked (viewer_id, tweet_id)
   JOIN tweets.tweets AS tweet ON tweet.id = asked.tweet_id
   WHERE EXISTS (SELECT FROM tweets.muted_keywords AS muted WHERE muted.muter_id = asked.viewer_id)`,
);

/** What rules of words ask about each tweet, for those of the readers who have muted words. */
export async function listTweetsForMuters(
  database: Queryable,
  pairs: readonly ReadersTweet[],
): Promise<(ReadersTweet & Omit<Entry, 'position'>)[]> {
  return database.query(listStatement, [pairs.map(({ viewerId }) => viewerId), pairs.map(({ tweetId }) => tweetId)]);
}
