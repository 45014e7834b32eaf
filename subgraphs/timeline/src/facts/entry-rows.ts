import { type Queryable, statement } from '@starling/platform/postgres';
import { type Entry, entryColumns } from '../entry.ts';
import { highOf, lowOf } from './halves.ts';

const NO_ACCOUNT = '0';

/** An entry with what the rules ask of it: of accounts, the halves of their ids. */
export interface EntryRow extends Entry {
  readonly idHigh: number;
  readonly idLow: number;
  readonly isReply: boolean;
  readonly isDeleted: boolean;
  readonly actorHigh: number;
  readonly actorLow: number;
  readonly authorHigh: number;
  readonly authorLow: number;
  /** Whose tweet it answers; those of no account where it answers none. */
  readonly answeredHigh: number;
  readonly answeredLow: number;
}

/** An entry as the database answers it. */
export interface StoredEntryRow extends Entry {
  readonly replyToAuthorId: string | null;
  readonly isReply: boolean;
  readonly isDeleted: boolean;
}

/** The columns of a `StoredEntryRow`, of a row by this alias. */
export function entryRowColumns(alias: string): string {
  return `${entryColumns(alias)}, ${alias}.reply_to_author_id AS "replyToAuthorId",
     ${alias}.reply_to_tweet_id IS NOT NULL AS "isReply", ${alias}.deleted AS "isDeleted"`;
}

/** What rules look at stands first, and nothing is kept twice: many are remembered, and each page looks at dozens of them. */
export function entryRow({ isReply, isDeleted, replyToAuthorId, ...entry }: StoredEntryRow): EntryRow {
  const isRetweet = entry.kind === 'retweet';
  const id = BigInt(entry.id);
  const actor = BigInt(entry.actorId);
  const author = BigInt(entry.authorId);
  const answered = BigInt(replyToAuthorId ?? NO_ACCOUNT);
  return {
    idHigh: highOf(id),
    idLow: lowOf(id),
    kind: isRetweet ? 'retweet' : 'tweet',
    isReply,
    isDeleted,
    actorHigh: highOf(actor),
    actorLow: lowOf(actor),
    answeredHigh: highOf(answered),
    answeredLow: lowOf(answered),
    authorHigh: highOf(author),
    authorLow: lowOf(author),
    id: entry.id,
    tweetId: isRetweet ? entry.tweetId : entry.id,
    actorId: entry.actorId,
    authorId: isRetweet ? entry.authorId : entry.actorId,
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
