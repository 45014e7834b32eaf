import { type Queryable, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';

/** An entry with what the rules ask of it. */
export interface EntryRow extends Entry {
  readonly replyToAuthorId: string | null;
  readonly isReply: boolean;
  readonly isDeleted: boolean;
  /** The ids of accounts as numbers, to be looked up with. */
  readonly actor: bigint;
  readonly author: bigint;
  readonly replyToAuthor: bigint | null;
}

const getEntriesStatement = statement(
  'timeline.getEntriesByIds',
  `SELECT ${entryColumns('e')}, e.reply_to_author_id AS "replyToAuthorId",
     e.reply_to_tweet_id IS NOT NULL AS "isReply", e.deleted AS "isDeleted"
   FROM timeline.entries e WHERE e.id = ANY($1::bigint[])`,
);

export async function getEntriesByIds(database: Queryable, ids: readonly string[]): Promise<EntryRow[]> {
  const rows = await database.query<Omit<EntryRow, 'actor' | 'author' | 'replyToAuthor'>>(getEntriesStatement, [ids]);
  return rows.map((row) => ({
    ...row,
    actor: BigInt(row.actorId),
    author: BigInt(row.authorId),
    replyToAuthor: row.replyToAuthorId === null ? null : BigInt(row.replyToAuthorId),
  }));
}

/** Of more entries of tweets than this, who asks is told no more than that there are more. */
export const MOST_ENTRIES_OF_TWEETS = 10_000;

const listEntriesStatement = statement(
  'timeline.listEntriesOfTweets',
  `SELECT id, actor_id AS "actorId" FROM timeline.entries
   WHERE tweet_id = ANY($1::bigint[]) LIMIT ${MOST_ENTRIES_OF_TWEETS + 1}`,
);

/** The tweets themselves and their retweets, deleted ones too; one more than `MOST_ENTRIES_OF_TWEETS` at most. */
export async function listEntriesOfTweets(
  database: Queryable,
  tweetIds: readonly string[],
): Promise<Pick<EntryRow, 'id' | 'actorId'>[]> {
  return database.query(listEntriesStatement, [tweetIds]);
}

export interface Protection {
  readonly userId: string;
  readonly isProtected: boolean;
}

const getProtectionsStatement = statement(
  'timeline.getProtectionsByUserIds',
  `SELECT account.id AS "userId",
     (SELECT true FROM timeline.protected_accounts WHERE user_id = account.id) IS NOT NULL AS "isProtected"
   FROM unnest($1::bigint[]) AS account (id)`,
);

/** One row per id, whether or not there is such an account. */
export async function getProtectionsByUserIds(database: Queryable, userIds: readonly string[]): Promise<Protection[]> {
  return database.query(getProtectionsStatement, [userIds]);
}
