import type { Change } from '@starling/platform/event-log';
import { type Queryable, statement } from '@starling/platform/postgres';
import type { TweetEntities } from './text/entities.ts';

interface Place {
  readonly id: string;
  readonly authorId: string;
  /** The tweet that began the conversation: itself when it answers nobody. */
  readonly conversationId: string;
  readonly replyToTweetId: string | null;
  readonly replyToAuthorId: string | null;
  readonly quotedTweetId: string | null;
}

export interface Tweet extends Place {
  readonly isDeleted: false;
  readonly text: string;
  readonly entities: TweetEntities;
  readonly language: string | null;
}

/** What is left of a deleted tweet: its place. */
export interface DeletedTweet extends Place {
  readonly isDeleted: true;
}

/** Plain JSON: rows are cached. */
export type TweetRow = Tweet | DeletedTweet;

/** What who refers to a tweet needs of it. */
export type Target = Pick<TweetRow, 'id' | 'authorId' | 'conversationId' | 'isDeleted'>;

const getTweetsStatement = statement(
  'tweets.getTweetsByIds',
  `SELECT id, author_id AS "authorId", conversation_id AS "conversationId", reply_to_tweet_id AS "replyToTweetId",
     reply_to_author_id AS "replyToAuthorId", quoted_tweet_id AS "quotedTweetId", deleted_at IS NOT NULL AS "isDeleted",
     text, entities, language
   FROM tweets.tweets WHERE id = ANY($1::bigint[])`,
);

const getAnsweredIdsStatement = statement(
  'tweets.getAnsweredIds',
  `SELECT DISTINCT reply_to_tweet_id AS id FROM tweets.tweets
   WHERE id = ANY($1::bigint[]) AND reply_to_tweet_id IS NOT NULL`,
);

/**
 * SQL: the tweets with these ids. Ascending, so that no two transactions wait for each other. A deletion (FOR UPDATE) and a
 * reference wait for each other; references do not.
 */
export const lockTargetsQuery = (ids: string): string => `
   SELECT id, author_id AS "authorId", conversation_id AS "conversationId", deleted_at IS NOT NULL AS "isDeleted"
   FROM tweets.tweets WHERE id = ANY(${ids}::bigint[]) ORDER BY id FOR KEY SHARE`;

const lockTargetsStatement = statement('tweets.lockTargets', lockTargetsQuery('$1'));

const lockForDeletionStatement = statement(
  'tweets.lockForDeletion',
  `SELECT id, author_id AS "authorId", conversation_id AS "conversationId", reply_to_tweet_id AS "replyToTweetId",
     reply_to_author_id AS "replyToAuthorId", quoted_tweet_id AS "quotedTweetId", deleted_at IS NOT NULL AS "isDeleted"
   FROM tweets.tweets WHERE id = $1 FOR UPDATE`,
);

const addTweetStatement = statement(
  'tweets.addTweet',
  `INSERT INTO tweets.tweets (id, author_id, conversation_id, reply_to_tweet_id, reply_to_author_id, quoted_tweet_id,
     text, entities, language, words)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);

const eraseTweetStatement = statement(
  'tweets.eraseTweet',
  'UPDATE tweets.tweets SET deleted_at = now(), text = NULL, entities = NULL, language = NULL, words = NULL WHERE id = $1',
);

const lockTweetsWithoutWordsStatement = statement(
  'tweets.lockTweetsWithoutWords',
  `SELECT id, quoted_tweet_id AS "quotedTweetId", text FROM tweets.tweets
   WHERE words IS NULL AND deleted_at IS NULL ORDER BY id LIMIT $1::int FOR NO KEY UPDATE SKIP LOCKED`,
);

const setWordsStatement = statement(
  'tweets.setWords',
  `UPDATE tweets.tweets AS tweet SET words = found.words
   FROM unnest($1::bigint[], $2::text[]) AS found (id, words) WHERE tweet.id = found.id`,
);

// From each tweet upwards, nearest first, as far as `$2` steps; a deleted tweet is a step as any other.
const listAncestorsStatement = statement(
  'tweets.listAncestors',
  `WITH RECURSIVE up AS (
     SELECT id AS focus_id, reply_to_tweet_id AS id, 1 AS distance
     FROM tweets.tweets WHERE id = ANY($1::bigint[]) AND reply_to_tweet_id IS NOT NULL
     UNION ALL
     SELECT up.focus_id, tweet.reply_to_tweet_id, up.distance + 1
     FROM up JOIN tweets.tweets AS tweet ON tweet.id = up.id
     WHERE up.distance < $2::int AND tweet.reply_to_tweet_id IS NOT NULL
   )
   SELECT focus_id AS "focusId", id AS "tweetId" FROM up ORDER BY focus_id, distance DESC`,
);

export async function getTweetsByIds(database: Queryable, ids: readonly string[]): Promise<TweetRow[]> {
  return database.query(getTweetsStatement, [ids]);
}

/** Which tweets these answer. */
export async function getAnsweredIds(database: Queryable, ids: readonly string[]): Promise<string[]> {
  return (await database.query<{ id: string }>(getAnsweredIdsStatement, [ids])).map(({ id }) => id);
}

/** The tweets of these ids, deleted ones too, which stay as they are until the transaction ends. */
export async function lockTargets(transaction: Queryable, ids: readonly string[]): Promise<Target[]> {
  return transaction.query(lockTargetsStatement, [ids]);
}

/** The tweet, once nobody is about to refer to it; until the transaction ends, nobody can. */
export async function lockForDeletion(transaction: Queryable, id: string): Promise<(Place & Target) | undefined> {
  const [row] = await transaction.query<Place & Target>(lockForDeletionStatement, [id]);
  return row;
}

/** What adding the tweet changes. `words` is what its text says, as the rules of visibility compare it. */
export function additionOf(tweet: Tweet, words: string): Change {
  return {
    statement: addTweetStatement,
    values: [
      tweet.id,
      tweet.authorId,
      tweet.conversationId,
      tweet.replyToTweetId,
      tweet.replyToAuthorId,
      tweet.quotedTweetId,
      tweet.text,
      JSON.stringify(tweet.entities),
      tweet.language,
      words,
    ],
  };
}

/** Makes the tweet a deleted one: its place stays, what it said goes. */
export async function eraseTweet(transaction: Queryable, id: string): Promise<void> {
  await transaction.query(eraseTweetStatement, [id]);
}

/** Some of the tweets whose words nobody has found and nobody else is about to, which stay as they are until the transaction ends. */
export async function lockTweetsWithoutWords(
  transaction: Queryable,
  limit: number,
): Promise<Pick<Tweet, 'id' | 'quotedTweetId' | 'text'>[]> {
  return transaction.query(lockTweetsWithoutWordsStatement, [limit]);
}

export async function setWords(
  transaction: Queryable,
  found: readonly { readonly tweetId: string; readonly words: string }[],
): Promise<void> {
  await transaction.query(setWordsStatement, [found.map(({ tweetId }) => tweetId), found.map(({ words }) => words)]);
}

/** What each tweet answers, what that answers, and so on: farthest first, the `depth` nearest of them. */
export async function listAncestors(
  database: Queryable,
  focusIds: readonly string[],
  depth: number,
): Promise<{ readonly focusId: string; readonly tweetId: string }[]> {
  return database.query(listAncestorsStatement, [focusIds, depth]);
}
