import type { NumberRange } from '@starling/platform/live';
import { IS_DURABLE, makeDurable, type Queryable, statement } from '@starling/platform/postgres';

/** Numbers of changes that are kept, of all conversations together. */
export const KEPT_CHANGES = 1_000_000n;

/** A tweet came into a conversation, or left it. */
export interface ConversationChange {
  readonly conversationId: string;
  readonly tweetId: string;
  readonly authorId: string;
  readonly removed: boolean;
  /** Its number: changes come in its order. */
  readonly change: string;
}

// Each once, however often its event is delivered. A number is given out in the order of the rows.
const addStatement = statement(
  'tweets.addConversationChanges',
  `INSERT INTO tweets.conversation_changes (conversation_id, tweet_id, removed)
   SELECT tweet.conversation_id, tweet.id, happened.removed
   FROM unnest($1::bigint[], $2::boolean[]) WITH ORDINALITY AS happened (tweet_id, removed, place)
   JOIN tweets.tweets AS tweet ON tweet.id = happened.tweet_id
   ORDER BY happened.place
   ON CONFLICT DO NOTHING`,
);

const pruneStatement = statement(
  'tweets.pruneConversationChanges',
  `DELETE FROM tweets.conversation_changes
   WHERE change <= (SELECT max(change) FROM tweets.conversation_changes) - $1::bigint`,
);

const NEWEST = 'coalesce((SELECT max(change) FROM tweets.conversation_changes), 0) AS newest';
const newestStatement = statement('tweets.getNewestConversationChange', `SELECT ${NEWEST}, ${IS_DURABLE} AS durable`);
// Whoever only looks remembers no number, and need not wait for the disk.
const lookStatement = statement('tweets.lookForConversationChanges', `SELECT ${NEWEST}`);

const endOfBatchStatement = statement(
  'tweets.getEndOfConversationBatch',
  `SELECT max(change) AS "upTo" FROM (
     SELECT change FROM tweets.conversation_changes WHERE change > $1::bigint AND change <= $2::bigint
     ORDER BY change LIMIT 500) batch`,
);

const COLUMNS = `change.change, change.removed, change.conversation_id AS "conversationId", change.tweet_id AS "tweetId",
     tweet.author_id AS "authorId"`;
const CHANGES = 'tweets.conversation_changes AS change JOIN tweets.tweets AS tweet ON tweet.id = change.tweet_id';

const listStatement = statement(
  'tweets.listConversationChanges',
  `SELECT ${COLUMNS} FROM ${CHANGES}
   WHERE change.change > $1::bigint AND change.change <= $2::bigint AND change.conversation_id = ANY($3::bigint[])
   ORDER BY change.change`,
);

const listMissedStatement = statement(
  'tweets.listMissedConversationChanges',
  `SELECT ${COLUMNS} FROM ${CHANGES}
   WHERE change.conversation_id = $1::bigint AND change.change > $2::bigint AND change.change <= $3::bigint
   ORDER BY change.change LIMIT $4::int`,
);

export interface Happened {
  readonly tweetId: string;
  readonly removed: boolean;
}

/** Numbers what happened, in this order. By one caller at a time. */
export async function addConversationChanges(transaction: Queryable, happened: readonly Happened[]): Promise<void> {
  await transaction.query(addStatement, [
    happened.map(({ tweetId }) => tweetId),
    happened.map(({ removed }) => removed),
  ]);
  await transaction.query(pruneStatement, [KEPT_CHANGES]);
}

/** The number of the newest change, as one to remember: see `makeDurable`. */
export async function newestConversationChange(database: Queryable): Promise<bigint> {
  const [row] = await database.query<{ newest: string; durable: boolean }>(newestStatement);
  if (row && !row.durable) await makeDurable(database);
  return BigInt(row?.newest ?? 0);
}

export async function lookForConversationChange(database: Queryable): Promise<bigint> {
  const [row] = await database.query<{ newest: string }>(lookStatement);
  return BigInt(row?.newest ?? 0);
}

/** Where a batch of changes in this range ends. */
export async function endOfConversationBatch(database: Queryable, { after, upTo }: NumberRange): Promise<bigint> {
  const [batch] = await database.query<{ upTo: string | null }>(endOfBatchStatement, [after, upTo]);
  return batch?.upTo == null ? upTo : BigInt(batch.upTo);
}

/** The range's changes of these conversations. */
export async function listConversationChanges(
  database: Queryable,
  { after, upTo }: NumberRange,
  conversationIds: readonly string[],
): Promise<ConversationChange[]> {
  return database.query(listStatement, [after, upTo, conversationIds]);
}

/** The same for one conversation: the first `limit` of them. */
export async function listMissedConversationChanges(
  database: Queryable,
  { after, upTo }: NumberRange,
  conversationId: string,
  limit: number,
): Promise<ConversationChange[]> {
  return database.query(listMissedStatement, [conversationId, after, upTo, limit]);
}
