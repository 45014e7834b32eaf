import { type Queryable, statement } from '@starling/platform/postgres';
import { authorsToAdd, tweetsToAdd, WITH_EVENTS } from './events-to-count.ts';

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

/** How far a count that was read may be believed. */
export interface Belief {
  /** More events are uncounted than a statement looks at: it is what has been counted, no more. */
  readonly isBehind: boolean;
  /** Counts are being made anew, and this one has not been yet. */
  readonly isOld: boolean;
}

const believed = (id: string, done: string) => `(SELECT is_behind FROM progress) AS "isBehind",
     coalesce(${id} > counting.${done} AND counts.generation IS DISTINCT FROM counting.generation, false) AS "isOld"`;

const COUNTERS = ['likes', 'retweets', 'replies', 'quotes', 'bookmarks'] as const;
const sum = (counter: string) => `coalesce(counts.${counter}, 0) + coalesce(to_add.${counter}, 0) AS ${counter}`;

// What has been counted, and what has not yet, as one statement sees both: neither twice nor not at all.
const getTweetCountsStatement = statement(
  'tweets.getCountsByTweetIds',
  `${WITH_EVENTS}, ${tweetsToAdd('$1::bigint[]')}
   SELECT asked.id AS "tweetId", ${COUNTERS.map(sum).join(', ')}, ${believed('asked.id', 'tweets_done')}
   FROM unnest($1::bigint[]) AS asked (id) CROSS JOIN tweets.counting
   LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = asked.id
   LEFT JOIN to_add ON to_add.tweet_id = asked.id`,
);
const getAuthorCountsStatement = statement(
  'tweets.getCountsByUserIds',
  `${WITH_EVENTS}, ${authorsToAdd('$1::bigint[]')}
   SELECT asked.id AS "userId", ${sum('tweets')}, ${believed('asked.id', 'authors_done')}
   FROM unnest($1::bigint[]) AS asked (id) CROSS JOIN tweets.counting
   LEFT JOIN tweets.author_counts AS counts ON counts.user_id = asked.id
   LEFT JOIN to_add ON to_add.user_id = asked.id`,
);

// What these lists are ordered by is in the table alone.
const moveAnswersStatement = statement(
  'tweets.areAnswersToMove',
  `${WITH_EVENTS}
   SELECT (SELECT is_behind FROM progress) OR EXISTS (
     SELECT FROM events WHERE (payload->>'replyToTweetId')::bigint = ANY($1::bigint[])
   ) OR EXISTS (
     SELECT FROM events JOIN tweets.tweet_counts AS counts
       ON counts.tweet_id IN (events.key::bigint, (payload->>'replyToTweetId')::bigint)
     WHERE counts.answered_tweet_id = ANY($1::bigint[])
   ) AS "areToMove"`,
);

// Ranks follow the logarithm of likes: those of the last moment hardly move what is liked often.
const movePopularStatement = statement(
  'tweets.isPopularToMove',
  `${WITH_EVENTS}
   SELECT (SELECT is_behind FROM progress) OR EXISTS (
     SELECT FROM events LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = events.key::bigint
     WHERE name IN ('tweet.liked.v1', 'tweet.unliked.v1') AND coalesce(likes, 0) < $1
   ) AS "areToMove"`,
);

const beginToCountStatement = statement('tweets.beginToCount', 'SELECT FROM tweets.counting FOR KEY SHARE');

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

/** One row per id, whether or not there is such a tweet. */
export async function getCountsByTweetIds(
  database: Queryable,
  tweetIds: readonly string[],
): Promise<(TweetCounts & Belief)[]> {
  return database.query(getTweetCountsStatement, [tweetIds]);
}

/** One row per id, whether or not there is such an account. */
export async function getCountsByUserIds(
  database: Queryable,
  userIds: readonly string[],
): Promise<(AuthorCount & Belief)[]> {
  return database.query(getAuthorCountsStatement, [userIds]);
}

/** Whether an event that is not counted yet may give answers to these tweets another place. */
export async function areAnswersToMove(database: Queryable, tweetIds: readonly string[]): Promise<boolean> {
  const [row] = await database.query<{ areToMove: boolean }>(moveAnswersStatement, [tweetIds]);
  return row?.areToMove ?? false;
}

/** Whether an event that is not counted yet may move what is popular, other than what is liked by `often` people already. */
export async function isPopularToMove(database: Queryable, often: number): Promise<boolean> {
  const [row] = await database.query<{ areToMove: boolean }>(movePopularStatement, [often]);
  return row?.areToMove ?? false;
}

/** Until the transaction ends, nobody puts other counts in the place of those that it changes. */
export async function beginToCount(transaction: Queryable): Promise<void> {
  await transaction.query(beginToCountStatement);
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
