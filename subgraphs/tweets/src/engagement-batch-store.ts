import { type Queryable, type Statement, statement } from '@starling/platform/postgres';
import { relationColumns } from './relation-store.ts';
import type { Relation } from './visibility/relation.ts';

/**
 * One statement for many acts of one kind. `target`: the tweets, locked against deletion in the order of their ids, before
 * anything else. `able`: pairs of a tweet and somebody who may do something with it, each once and in an order of their own,
 * so that no two such transactions wait for each other. `change` answers the pairs that it has changed.
 */
const engagementStatement = (name: string, change: string): Statement =>
  statement(
    `tweets.${name}`,
    `WITH target AS MATERIALIZED (
       SELECT id, author_id, deleted_at FROM tweets.tweets WHERE id = ANY($1::bigint[]) ORDER BY id FOR KEY SHARE
     ), act AS MATERIALIZED (
       SELECT act.place, act.tweet_id, act.user_id, target.author_id, target.deleted_at IS NOT NULL AS "isDeleted",
         ${relationColumns('act.user_id', 'target.author_id')}
       FROM unnest($1::bigint[], $2::bigint[]) WITH ORDINALITY AS act (tweet_id, user_id, place)
       JOIN target ON target.id = act.tweet_id
     ), able AS MATERIALIZED (
       SELECT DISTINCT tweet_id, user_id FROM act
       WHERE NOT ("isDeleted" OR "isBlocking" OR "isBlockedBy" OR "isShutOut") ORDER BY tweet_id, user_id
     ), change AS (${change})
     SELECT act.place::int AS place, act.author_id AS "authorId", "isDeleted", "isBlocking", "isBlockedBy", "isMuting", "isShutOut",
       change.tweet_id IS NOT NULL AND row_number() OVER (PARTITION BY act.tweet_id, act.user_id ORDER BY act.place) = 1
         AS "isChanged"
     FROM act LEFT JOIN change ON change.tweet_id = act.tweet_id AND change.user_id = act.user_id ORDER BY act.place`,
  );

const add = (table: string) =>
  `INSERT INTO tweets.${table} (tweet_id, user_id) SELECT tweet_id, user_id FROM able ORDER BY tweet_id, user_id
     ON CONFLICT DO NOTHING RETURNING tweet_id, user_id`;
const remove = (table: string) =>
  `DELETE FROM tweets.${table} AS gone USING (
       SELECT made.tweet_id, made.user_id FROM tweets.${table} AS made JOIN able USING (tweet_id, user_id)
       ORDER BY made.tweet_id, made.user_id FOR UPDATE OF made
     ) AS locked
     WHERE gone.tweet_id = locked.tweet_id AND gone.user_id = locked.user_id RETURNING gone.tweet_id, gone.user_id`;

export const engagementStatements = {
  like: engagementStatement('like', add('likes')),
  unlike: engagementStatement('unlike', remove('likes')),
  bookmark: engagementStatement('bookmark', add('bookmarks')),
  removeBookmark: engagementStatement('removeBookmark', remove('bookmarks')),
} as const;

/** What came of one act, and how who did it stands to the author. */
export interface Engaged extends Relation {
  /** Of the act, from 1. */
  readonly place: number;
  readonly authorId: string;
  readonly isDeleted: boolean;
  /** It was not so before, nor made so by an earlier act of these. */
  readonly isChanged: boolean;
}

/** Does what may be done. Answers the acts whose tweets there are. */
export async function engage(
  transaction: Queryable,
  change: Statement,
  acts: readonly { readonly viewerId: string; readonly tweetId: string }[],
): Promise<Engaged[]> {
  return transaction.query(change, [acts.map(({ tweetId }) => tweetId), acts.map(({ viewerId }) => viewerId)]);
}
