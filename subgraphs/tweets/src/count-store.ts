import { type Queryable, statement } from '@starling/platform/postgres';
import { COUNTERS } from './counters.ts';
import { authorsToAdd, MOST_TO_ORDER, tweetsToAdd, withEvents, withEventsBeyond } from './events-to-count.ts';

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

/** What somebody has the sums of: all that is visible in the snapshot, of the state `base` of the rows, and these events beyond it. */
export interface Beyond {
  readonly base: string;
  readonly snapshot: string;
  readonly known: readonly string[];
}

/** How a count was read for somebody who has sums. */
export interface AddedBeyond {
  /** The rows are in the state of the sums, which have to be added. Otherwise the count is whole without them. */
  readonly isSame: boolean;
  /** The events beyond the snapshot that are added up in it. */
  readonly eventIds: readonly string[];
}

const believed = (id: string, done: string) => `(SELECT is_behind FROM progress) AS "isBehind",
     coalesce(${id} > counting.${done} AND counts.generation IS DISTINCT FROM counting.generation, false) AS "isOld"`;

const sum = (counter: string) => `coalesce(counts.${counter}, 0) + coalesce(to_add.${counter}, 0) AS ${counter}`;

const tweetCounts = (events: string, also = '') => `${events}, ${tweetsToAdd('$1::bigint[]')}
   SELECT asked.id AS "tweetId", ${COUNTERS.map(sum).join(', ')}, ${believed('asked.id', 'tweets_done')}${also}
   FROM unnest($1::bigint[]) AS asked (id) CROSS JOIN tweets.counting
   LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = asked.id
   LEFT JOIN to_add ON to_add.tweet_id = asked.id`;
const authorCounts = (events: string, also = '') => `${events}, ${authorsToAdd('$1::bigint[]')}
   SELECT asked.id AS "userId", ${sum('tweets')}, ${believed('asked.id', 'authors_done')}${also}
   FROM unnest($1::bigint[]) AS asked (id) CROSS JOIN tweets.counting
   LEFT JOIN tweets.author_counts AS counts ON counts.user_id = asked.id
   LEFT JOIN to_add ON to_add.user_id = asked.id`;

// What has been counted, and what has not yet, as one statement sees both: neither twice nor not at all.
const getTweetCountsStatement = statement('tweets.getCountsByTweetIds', tweetCounts(withEvents()));
const getAuthorCountsStatement = statement('tweets.getCountsByUserIds', authorCounts(withEvents()));

const beyond = withEventsBeyond('$2', '$3', '$4');
const howBeyond = `,
     (SELECT is_same FROM state) AS "isSame", coalesce(to_add.event_ids, '{}') AS "eventIds"`;
const getTweetCountsBeyondStatement = statement('tweets.getCountsByTweetIdsBeyond', tweetCounts(beyond, howBeyond));
const getAuthorCountsBeyondStatement = statement('tweets.getCountsByUserIdsBeyond', authorCounts(beyond, howBeyond));

// What these lists are ordered by is in the table alone.
const moveAnswersStatement = statement(
  'tweets.areAnswersToMove',
  `${withEvents(MOST_TO_ORDER)}
   SELECT (SELECT is_behind FROM progress) OR EXISTS (
     SELECT FROM events WHERE (payload->>'replyToTweetId')::bigint = ANY($1::bigint[])
   ) OR EXISTS (
     SELECT FROM events JOIN tweets.tweet_counts AS counts
       ON counts.tweet_id IN (events.key::bigint, (payload->>'replyToTweetId')::bigint)
     WHERE counts.answered_tweet_id = ANY($1::bigint[])
   ) AS "areToMove"`,
);

// Ranks follow the logarithm of likes: a tenth more hardly moves what is liked often.
const movePopularStatement = statement(
  'tweets.isPopularToMove',
  `${withEvents(MOST_TO_ORDER)}
   SELECT (SELECT is_behind FROM progress) OR EXISTS (
     SELECT FROM events LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = events.key::bigint
     WHERE name IN ('tweet.liked.v1', 'tweet.unliked.v1')
     GROUP BY events.key, likes HAVING coalesce(likes, 0) < $1 OR count(*) * 10 > likes
   ) AS "areToMove"`,
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

/** The same of what lies beyond sums, one row per id. */
export async function getCountsByTweetIdsBeyond(
  database: Queryable,
  tweetIds: readonly string[],
  { base, snapshot, known }: Beyond,
): Promise<(TweetCounts & Belief & AddedBeyond)[]> {
  return database.query(getTweetCountsBeyondStatement, [tweetIds, base, snapshot, known]);
}

export async function getCountsByUserIdsBeyond(
  database: Queryable,
  userIds: readonly string[],
  { base, snapshot, known }: Beyond,
): Promise<(AuthorCount & Belief & AddedBeyond)[]> {
  return database.query(getAuthorCountsBeyondStatement, [userIds, base, snapshot, known]);
}

/** Whether an event that is not counted yet may give answers to these tweets another place. */
export async function areAnswersToMove(database: Queryable, tweetIds: readonly string[]): Promise<boolean> {
  const [row] = await database.query<{ areToMove: boolean }>(moveAnswersStatement, [tweetIds]);
  return row?.areToMove ?? false;
}

/** Whether events that are not counted yet may move what is popular: not those of what `often` people like, up to a tenth of them. */
export async function isPopularToMove(database: Queryable, often: number): Promise<boolean> {
  const [row] = await database.query<{ areToMove: boolean }>(movePopularStatement, [often]);
  return row?.areToMove ?? false;
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
