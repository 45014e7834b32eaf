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

/** An entry as the database answers it. */
export type StoredEntryRow = Omit<EntryRow, 'actor' | 'author' | 'replyToAuthor'>;

/** The columns of a `StoredEntryRow`, of a row by this alias. */
export function entryRowColumns(alias: string): string {
  return `${entryColumns(alias)}, ${alias}.reply_to_author_id AS "replyToAuthorId",
     ${alias}.reply_to_tweet_id IS NOT NULL AS "isReply", ${alias}.deleted AS "isDeleted"`;
}

export function entryRow(stored: StoredEntryRow): EntryRow {
  const { actorId, authorId, replyToAuthorId } = stored;
  return {
    ...stored,
    actor: BigInt(actorId),
    author: BigInt(authorId),
    replyToAuthor: replyToAuthorId === null ? null : BigInt(replyToAuthorId),
  };
}

const getEntriesStatement = statement(
  'timeline.getEntriesByIds',
  `SELECT ${entryRowColumns('e')} FROM timeline.entries e WHERE e.id = ANY($1::bigint[])`,
);

export async function getEntriesByIds(database: Queryable, ids: readonly bigint[]): Promise<EntryRow[]> {
  return (await database.query<StoredEntryRow>(getEntriesStatement, [ids])).map(entryRow);
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
