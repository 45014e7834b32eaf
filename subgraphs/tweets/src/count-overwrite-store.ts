import { type Queryable, statement } from '@starling/platform/postgres';
import { beginToOverwrite } from './count-state-store.ts';
import { COUNTERS } from './counters.ts';
import { authorsToAdd, tweetsToAdd, withEvents } from './events-to-count.ts';

/** What a tweet's counts have to be, as the rows say that people and tweets made. */
const TRUTH = `
     (SELECT count(*) FROM tweets.likes WHERE tweet_id = tweet.id)::int AS likes,
     (SELECT count(*) FROM tweets.retweets WHERE tweet_id = tweet.id)::int AS retweets,
     (SELECT count(*) FROM tweets.tweets WHERE reply_to_tweet_id = tweet.id AND deleted_at IS NULL)::int AS replies,
     (SELECT count(*) FROM tweets.tweets WHERE quoted_tweet_id = tweet.id AND deleted_at IS NULL)::int AS quotes,
     (SELECT count(*) FROM tweets.bookmarks WHERE tweet_id = tweet.id)::int AS bookmarks`;

const each = (write: (counter: string) => string, between = ', ') => COUNTERS.map(write).join(between);

const lockCountingStatement = statement(
  'tweets.lockCounting',
  `SELECT generation, tweets_done AS "tweetsDone", authors_done AS "authorsDone" FROM tweets.counting FOR UPDATE`,
);

// A row holds what has been counted: the truth less what is still to be added. What nobody ever did anything with needs none.
const overwriteTweetCountsStatement = statement(
  'tweets.overwriteTweetCounts',
  `${withEvents()}, ${tweetsToAdd('$1::bigint[]')}, truth AS (
     SELECT tweet.id, CASE WHEN tweet.deleted_at IS NULL THEN tweet.reply_to_tweet_id END AS reply_to_tweet_id,
       tweet.author_id = tweet.reply_to_author_id AS by_answered_author, ${TRUTH}
     FROM tweets.tweets AS tweet WHERE tweet.id = ANY($1::bigint[]) AND ($2 OR tweet.deleted_at IS NULL)
   ), counted AS (
     SELECT truth.id, reply_to_tweet_id, coalesce(by_answered_author, false) AS by_answered_author,
       ${each((counter) => `truth.${counter} - coalesce(to_add.${counter}, 0) AS ${counter}`)}
     FROM truth LEFT JOIN to_add ON to_add.tweet_id = truth.id
   ), written AS (
     INSERT INTO tweets.tweet_counts AS counts
       (tweet_id, ${COUNTERS.join(', ')}, answered_tweet_id, by_answered_author, generation)
     SELECT id, ${COUNTERS.join(', ')}, reply_to_tweet_id, by_answered_author, (SELECT generation FROM tweets.counting)
     FROM counted
     WHERE NOT (SELECT is_behind FROM progress) AND ($2 OR reply_to_tweet_id IS NOT NULL
       OR ${each((counter) => `${counter} <> 0`, ' OR ')}
       OR EXISTS (SELECT FROM tweets.tweet_counts WHERE tweet_id = counted.id))
     ORDER BY id
     ON CONFLICT (tweet_id) DO UPDATE SET ${each((counter) => `${counter} = excluded.${counter}`)},
       answered_tweet_id = excluded.answered_tweet_id, by_answered_author = excluded.by_answered_author,
       generation = excluded.generation
   )
   SELECT is_behind AS "isBehind" FROM progress`,
);

const overwriteAuthorCountsStatement = statement(
  'tweets.overwriteAuthorCounts',
  `${withEvents()}, ${authorsToAdd('$1::bigint[]')}, written AS (
     INSERT INTO tweets.author_counts AS counts (user_id, tweets, generation)
     SELECT asked.id, (SELECT count(*) FROM tweets.tweets WHERE author_id = asked.id AND deleted_at IS NULL)::int
       - coalesce(to_add.tweets, 0), (SELECT generation FROM tweets.counting)
     FROM unnest($1::bigint[]) AS asked (id) LEFT JOIN to_add ON to_add.user_id = asked.id
     WHERE NOT (SELECT is_behind FROM progress)
     ORDER BY 1
     ON CONFLICT (user_id) DO UPDATE SET tweets = excluded.tweets, generation = excluded.generation
   )
   SELECT is_behind AS "isBehind" FROM progress`,
);

// Both sides as one statement sees them: what it finds is wrong at one moment, however far behind counting is.
const compareStatement = statement(
  'tweets.compareCounts',
  `${withEvents()}, ${tweetsToAdd('$1::bigint[]')}, truth AS (
     SELECT tweet.id, tweet.reply_to_tweet_id, ${TRUTH}
     FROM tweets.tweets AS tweet WHERE tweet.id = ANY($1::bigint[]) AND tweet.deleted_at IS NULL
   )
   SELECT truth.id AS "tweetId", (SELECT is_behind FROM progress) AS "isBehind", counting.tweets_done IS NOT NULL AS "isMadeAnew",
     (${each((counter) => `coalesce(counts.${counter}, 0) + coalesce(to_add.${counter}, 0)`)})
       IS DISTINCT FROM (${each((counter) => `truth.${counter}`)})
       OR counts.answered_tweet_id IS DISTINCT FROM truth.reply_to_tweet_id
         AND NOT EXISTS (SELECT FROM events WHERE name = 'tweet.posted.v1' AND key::bigint = truth.id) AS "isWrong"
   FROM truth CROSS JOIN tweets.counting
   LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = truth.id LEFT JOIN to_add ON to_add.tweet_id = truth.id`,
);

// The newest, with which most is done, and as many from anywhere. Those with which very much was done are left to whoever
// makes all counts anew: to find the truth about them is work.
const sampleStatement = statement(
  'tweets.sampleTweetsToCompare',
  `WITH bounds AS (SELECT min(id) AS first, max(id) AS last FROM tweets.tweets), sample AS (
     (SELECT id FROM tweets.tweets ORDER BY id DESC LIMIT $1)
     UNION
     (SELECT tweet.id FROM (SELECT first + floor(random() * (last - first))::bigint AS id FROM bounds) AS place
      CROSS JOIN LATERAL (SELECT id FROM tweets.tweets WHERE id >= place.id ORDER BY id LIMIT $1) AS tweet)
   )
   SELECT sample.id FROM sample LEFT JOIN tweets.tweet_counts AS counts ON counts.tweet_id = sample.id
   WHERE coalesce(likes + retweets + replies + quotes + bookmarks, 0) < $2`,
);

const addComparedStatement = statement(
  'tweets.addComparedCounts',
  'UPDATE tweets.counts_compared SET compared = compared + $1, findings = findings + $2',
);
const getComparedStatement = statement(
  'tweets.getComparedCounts',
  'SELECT compared::float8 AS compared, findings::float8 AS findings FROM tweets.counts_compared',
);

export interface Counting {
  readonly generation: number;
  /** Null when no counts are being made anew. */
  readonly tweetsDone: string | null;
  readonly authorsDone: string | null;
}

/** From here until the transaction ends nobody adds to counts, and whoever has begun to has ended. */
export async function lockCounting(transaction: Queryable): Promise<Counting> {
  const [row] = await transaction.query<Counting>(lockCountingStatement);
  if (!row) throw new Error('The row of tweets.counting has been removed.');
  await beginToOverwrite(transaction);
  return row;
}

/**
 * Puts what the tables say in the place of the counts of these tweets. The transaction holds `lockCounting`. With
 * `evenNothing`, a tweet with which nothing was ever done, or that is deleted, gets its row as well. False when so much is to be counted first
 * that nothing was changed.
 */
export async function overwriteTweetCounts(
  transaction: Queryable,
  tweetIds: readonly string[],
  { evenNothing }: { readonly evenNothing: boolean },
): Promise<boolean> {
  const [row] = await transaction.query<{ isBehind: boolean }>(overwriteTweetCountsStatement, [tweetIds, evenNothing]);
  return row?.isBehind === false;
}

/** The same of authors. */
export async function overwriteAuthorCounts(transaction: Queryable, userIds: readonly string[]): Promise<boolean> {
  const [row] = await transaction.query<{ isBehind: boolean }>(overwriteAuthorCountsStatement, [userIds]);
  return row?.isBehind === false;
}

export interface Comparison {
  readonly tweetId: string;
  /** Nothing can be said: too much is to be counted first. */
  readonly isBehind: boolean;
  /** Nothing can be said: counts are being made anew. */
  readonly isMadeAnew: boolean;
  readonly isWrong: boolean;
}

/** Whether the counts that a reader would get, and places among answers, are what the tables say; deleted tweets are left out. */
export async function compareCounts(database: Queryable, tweetIds: readonly string[]): Promise<Comparison[]> {
  return database.query(compareStatement, [tweetIds]);
}

/** Ids of tweets to compare: up to twice `size`, none with more done to it than `mostDone`. */
export async function sampleTweets(database: Queryable, size: number, mostDone: number): Promise<string[]> {
  return (await database.query<{ id: string }>(sampleStatement, [size, mostDone])).map(({ id }) => id);
}

/** Tweets, since the database was made, by whichever process. */
export interface Compared {
  readonly compared: number;
  /** Whose counts were found wrong. */
  readonly findings: number;
}

export async function addCompared(database: Queryable, { compared, findings }: Compared): Promise<void> {
  await database.query(addComparedStatement, [compared, findings]);
}

export async function getCompared(database: Queryable): Promise<Compared> {
  const [row] = await database.query<Compared>(getComparedStatement);
  return row ?? { compared: 0, findings: 0 };
}
