import { type Queryable, statement } from '@starling/platform/postgres';

export interface TweetCounts {
  readonly tweetId: string;
  readonly likes: number;
  readonly retweets: number;
  readonly replies: number;
  readonly quotes: number;
  readonly bookmarks: number;
}

export interface AuthorCount {
  readonly userId: string;
  readonly tweets: number;
}

/** Where an answer belongs. */
export interface Answer {
  readonly tweetId: string;
  readonly answeredTweetId: string;
  /** Its author answers a tweet of their own. */
  readonly byAnsweredAuthor: boolean;
}

const getTweetCountsStatement = statement(
  'tweets.getCountsByTweetIds',
  `SELECT tweet_id AS "tweetId", likes, retweets, replies, quotes, bookmarks
   FROM tweets.tweet_counts WHERE tweet_id = ANY($1::bigint[])`,
);
const getAuthorCountsStatement = statement(
  'tweets.getCountsByUserIds',
  'SELECT user_id AS "userId", tweets FROM tweets.author_counts WHERE user_id = ANY($1::bigint[])',
);

// One statement for a batch of any size, one row per tweet or author, locked in the order of ids.
const addToTweetCountsStatement = statement(
  'tweets.addToTweetCounts',
  `INSERT INTO tweets.tweet_counts AS counts (tweet_id, likes, retweets, replies, quotes, bookmarks)
   SELECT * FROM unnest($1::bigint[], $2::int[], $3::int[], $4::int[], $5::int[], $6::int[])
     AS change (tweet_id, likes, retweets, replies, quotes, bookmarks) ORDER BY tweet_id
   ON CONFLICT (tweet_id) DO UPDATE SET
     likes = counts.likes + excluded.likes,
     retweets = counts.retweets + excluded.retweets,
     replies = counts.replies + excluded.replies,
     quotes = counts.quotes + excluded.quotes,
     bookmarks = counts.bookmarks + excluded.bookmarks`,
);
const addToAuthorCountsStatement = statement(
  'tweets.addToAuthorCounts',
  `INSERT INTO tweets.author_counts AS counts (user_id, tweets)
   SELECT * FROM unnest($1::bigint[], $2::int[]) AS change (user_id, tweets) ORDER BY user_id
   ON CONFLICT (user_id) DO UPDATE SET tweets = counts.tweets + excluded.tweets`,
);
const addAnswersStatement = statement(
  'tweets.addAnswers',
  `INSERT INTO tweets.tweet_counts AS counts (tweet_id, answered_tweet_id, by_answered_author)
   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::boolean[])
     AS answer (tweet_id, answered_tweet_id, by_answered_author) ORDER BY tweet_id
   ON CONFLICT (tweet_id) DO UPDATE SET
     answered_tweet_id = excluded.answered_tweet_id, by_answered_author = excluded.by_answered_author`,
);
const removeAnswersStatement = statement(
  'tweets.removeAnswers',
  'UPDATE tweets.tweet_counts SET answered_tweet_id = NULL WHERE tweet_id = ANY($1::bigint[])',
);

/** A tweet with which nothing was ever done has no row. */
export async function getCountsByTweetIds(database: Queryable, tweetIds: readonly string[]): Promise<TweetCounts[]> {
  return database.query(getTweetCountsStatement, [tweetIds]);
}

/** Who never wrote a tweet has no row. */
export async function getCountsByUserIds(database: Queryable, userIds: readonly string[]): Promise<AuthorCount[]> {
  return database.query(getAuthorCountsStatement, [userIds]);
}

/** Adds differences, each tweet at most once. */
export async function addToTweetCounts(transaction: Queryable, changes: readonly TweetCounts[]): Promise<void> {
  await transaction.query(addToTweetCountsStatement, [
    changes.map(({ tweetId }) => tweetId),
    changes.map(({ likes }) => likes),
    changes.map(({ retweets }) => retweets),
    changes.map(({ replies }) => replies),
    changes.map(({ quotes }) => quotes),
    changes.map(({ bookmarks }) => bookmarks),
  ]);
}

/** Adds differences, each author at most once. */
export async function addToAuthorCounts(transaction: Queryable, changes: readonly AuthorCount[]): Promise<void> {
  await transaction.query(addToAuthorCountsStatement, [
    changes.map(({ userId }) => userId),
    changes.map(({ tweets }) => tweets),
  ]);
}

/** Gives answers their place among the answers to a tweet. */
export async function addAnswers(transaction: Queryable, answers: readonly Answer[]): Promise<void> {
  await transaction.query(addAnswersStatement, [
    answers.map(({ tweetId }) => tweetId),
    answers.map(({ answeredTweetId }) => answeredTweetId),
    answers.map(({ byAnsweredAuthor }) => byAnsweredAuthor),
  ]);
}

/** Takes answers out of their places. */
export async function removeAnswers(transaction: Queryable, tweetIds: readonly string[]): Promise<void> {
  await transaction.query(removeAnswersStatement, [tweetIds]);
}
