import type { EventLog } from '@starling/platform/event-log';
import { copyRows, statement, type Transaction } from '@starling/platform/postgres';
import { liked, retweeted } from './events.ts';

/** A like, with the author of the tweet. */
export interface BulkLike {
  readonly tweetId: string;
  readonly authorId: string;
  readonly userId: string;
}

/** A retweet, with an id of kind `retweet` and the author of the tweet. */
export interface BulkRetweet {
  readonly id: string;
  readonly tweetId: string;
  readonly authorId: string;
  readonly userId: string;
}

const createLikesStatement = statement(
  'tweets.createBulkLikes',
  `CREATE TEMPORARY TABLE bulk_likes (place integer, tweet_id bigint, author_id bigint, user_id bigint) ON COMMIT DROP`,
);

const addLikesStatement = statement(
  'tweets.addBulkLikes',
  `WITH added AS (
     INSERT INTO tweets.likes (tweet_id, user_id) SELECT tweet_id, user_id FROM bulk_likes ORDER BY place
     ON CONFLICT DO NOTHING RETURNING tweet_id, user_id)
   SELECT tweet_id AS "tweetId", author_id AS "authorId", user_id AS "userId"
   FROM bulk_likes JOIN added USING (tweet_id, user_id) ORDER BY place`,
);

const createRetweetsStatement = statement(
  'tweets.createBulkRetweets',
  `CREATE TEMPORARY TABLE bulk_retweets (id bigint, tweet_id bigint, author_id bigint, user_id bigint) ON COMMIT DROP`,
);

const addRetweetsStatement = statement(
  'tweets.addBulkRetweets',
  `WITH added AS (
     INSERT INTO tweets.retweets (id, tweet_id, user_id) SELECT id, tweet_id, user_id FROM bulk_retweets ORDER BY id
     ON CONFLICT DO NOTHING RETURNING id)
   SELECT id, tweet_id AS "tweetId", author_id AS "authorId", user_id AS "userId"
   FROM bulk_retweets JOIN added USING (id) ORDER BY id`,
);

/** Adds likes of tweets that are there, with their events, in the order given (the last is newest). Answers how many are new. */
export async function addLikesInBulk(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  likes: readonly BulkLike[],
): Promise<number> {
  await transaction.query(createLikesStatement);
  await copyRows(
    transaction.client,
    { table: 'bulk_likes', columns: ['place', 'tweet_id', 'author_id', 'user_id'] },
    likes.map(({ tweetId, authorId, userId }, place) => [place, tweetId, authorId, userId]),
  );
  const added = await transaction.query<BulkLike>(addLikesStatement);
  await eventLog.append(transaction, added.map(liked));
  return added.length;
}

/** Adds retweets of tweets that are there, with their events, in the order of their ids. Answers how many are new. */
export async function addRetweetsInBulk(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  retweets: readonly BulkRetweet[],
): Promise<number> {
  await transaction.query(createRetweetsStatement);
  await copyRows(
    transaction.client,
    { table: 'bulk_retweets', columns: ['id', 'tweet_id', 'author_id', 'user_id'] },
    retweets.map(({ id, tweetId, authorId, userId }) => [id, tweetId, authorId, userId]),
  );
  const added = await transaction.query<BulkRetweet>(addRetweetsStatement);
  await eventLog.append(
    transaction,
    added.map(({ id, userId, ...tweet }) => retweeted({ ...tweet, retweetId: id, retweeterId: userId })),
  );
  return added.length;
}
