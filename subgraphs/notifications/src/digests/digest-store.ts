import { type Queryable, statement, type Transaction } from '@starling/platform/postgres';
import { firstSnowflakeAt } from '@starling/platform/snowflake';
import { doneIn, MOST_UNREAD, type Notification, toldOf } from '../list/notification-store.ts';
import { isOpen, isWanted } from '../visibility/permitted.ts';

/** Lines of a digest; what is beyond them is counted. */
const MOST_LINES = 20;
/** People who are looked at together. */
const MOST_AT_ONCE = 100;

const takeStatement = statement(
  'notifications.takeDigests',
  `SELECT user_id AS "userId", digest_id AS "digestId", attempts, told, telling FROM notifications.digests
   WHERE due_at <= $1 ORDER BY due_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED`,
);

// What is unread here is what is unread in the list, of the kinds that are wanted by email.
const listNewsStatement = statement(
  'notifications.listNews',
  `SELECT e.recipient_id AS "userId", e.unread::int, e.newest, ${toldOf('e.recipient_id')}
   FROM unnest($1::bigint[], $2::bigint[], $3::bigint[]) AS asked (user_id, told, telling)
   CROSS JOIN LATERAL (
     SELECT found.*, count(*) OVER () AS unread, max(announced) OVER () AS newest,
       row_number() OVER (ORDER BY id DESC) AS place
     FROM (
       SELECT e.* FROM notifications.entries e
       WHERE e.recipient_id = asked.user_id AND e.id >= $4::bigint
         AND e.announced > asked.told AND (asked.telling IS NULL OR e.announced <= asked.telling)
         AND (e.late OR e.id > coalesce((
           SELECT m.up_to FROM notifications.read_marks m WHERE m.user_id = asked.user_id), 0))
         AND ${isWanted('e', 'EMAIL')} AND ${isOpen('e')}
       ORDER BY e.id DESC LIMIT ${MOST_UNREAD}
     ) found
   ) e
   CROSS JOIN ${doneIn('e.recipient_id')}
   WHERE e.place <= ${MOST_LINES}
   ORDER BY e.recipient_id, e.id DESC`,
);

const askStatement = statement(
  'notifications.askForDigests',
  `UPDATE notifications.digests d
   SET digest_id = asked.digest_id, attempts = asked.attempts, telling = asked.telling, due_at = $5
   FROM unnest($1::bigint[], $2::uuid[], $3::int[], $4::bigint[]) AS asked (user_id, digest_id, attempts, telling)
   WHERE d.user_id = asked.user_id`,
);

const restStatement = statement(
  'notifications.restDigests',
  `UPDATE notifications.digests SET digest_id = NULL, attempts = 0, telling = NULL, due_at = $2
   WHERE user_id = ANY($1::bigint[])`,
);

const settleStatement = statement(
  'notifications.settleDigest',
  `UPDATE notifications.digests
   SET digest_id = NULL, attempts = 0, told = greatest(told, telling), telling = NULL, due_at = $3
   WHERE user_id = $1 AND digest_id = $2`,
);

const postponeStatement = statement(
  'notifications.postponeDigest',
  'UPDATE notifications.digests SET due_at = $3 WHERE user_id = $1 AND digest_id = $2',
);

const getUnderWayStatement = statement(
  'notifications.getDigestUnderWay',
  `SELECT user_id AS "userId", digest_id AS "digestId", attempts, told, telling FROM notifications.digests
   WHERE user_id = $1 AND digest_id = $2 FOR UPDATE`,
);

const reviveStatement = statement(
  'notifications.reviveDigest',
  `UPDATE notifications.digests SET digest_id = $2, attempts = 0, due_at = $3 WHERE user_id = $1 AND digest_id IS NULL`,
);

const forgetStatement = statement(
  'notifications.forgetDigests',
  'DELETE FROM notifications.digests WHERE user_id = $1',
);

/** Somebody about whose digest something is to be done. */
export interface DueDigest {
  readonly userId: string;
  /** Null when none is under way. */
  readonly digestId: string | null;
  /** How often it has been asked for. */
  readonly attempts: number;
  readonly told: string;
  /** Up to which announcement the one under way tells: asking for it again adds nothing. */
  readonly telling: string | null;
}

/** A digest that is under way. */
export type DigestUnderWay = DueDigest & { readonly digestId: string };

/** A line of somebody's digest, and of all of it how many are unread and which was announced last. */
export type News = Omit<Notification, 'isRead'> & {
  readonly userId: string;
  readonly unread: number;
  readonly newest: string;
};

export interface Asked {
  readonly userId: string;
  readonly digestId: string;
  readonly attempt: number;
  readonly newest: string;
}

/** Those who are due, locked until the transaction ends; others that are locked are somebody else's. */
export function takeDigests(transaction: Transaction, now: Date): Promise<DueDigest[]> {
  return transaction.query(takeStatement, [now]);
}

/**
 * What is new to these people since their last digests, as they may see it at this moment: unread, wanted by email, and begun
 * at `since` at the earliest.
 */
export function listNews(transaction: Transaction, due: readonly DueDigest[], since: Date): Promise<News[]> {
  return transaction.query(listNewsStatement, [
    due.map(({ userId }) => userId),
    due.map(({ told }) => told),
    due.map(({ telling }) => telling),
    firstSnowflakeAt(since.getTime()),
  ]);
}

/** They are under way; should nobody answer, they are due again at `until`. */
export async function askForDigests(transaction: Transaction, asked: readonly Asked[], until: Date): Promise<void> {
  await transaction.query(askStatement, [
    asked.map(({ userId }) => userId),
    asked.map(({ digestId }) => digestId),
    asked.map(({ attempt }) => attempt),
    asked.map(({ newest }) => newest),
    until,
  ]);
}

/** Nothing is under way for these people, and nothing more has been told. */
export async function restDigests(transaction: Transaction, userIds: readonly string[], dueAt: Date): Promise<void> {
  await transaction.query(restStatement, [userIds, dueAt]);
}

export interface DigestKey {
  readonly userId: string;
  readonly digestId: string;
}

/** It has been sent: what it told is told. */
export async function settleDigest(transaction: Transaction, key: DigestKey, dueAt: Date): Promise<void> {
  await transaction.query(settleStatement, [key.userId, key.digestId, dueAt]);
}

/** It is asked for again at `dueAt`. */
export async function postponeDigest(transaction: Transaction, key: DigestKey, dueAt: Date): Promise<void> {
  await transaction.query(postponeStatement, [key.userId, key.digestId, dueAt]);
}

/** Locked until the transaction ends; undefined when it is not under way any more. */
export async function getDigestUnderWay(
  transaction: Transaction,
  { userId, digestId }: DigestKey,
): Promise<DigestUnderWay | undefined> {
  const [row] = await transaction.query<DigestUnderWay>(getUnderWayStatement, [userId, digestId]);
  return row;
}

/** One that was given up is made once more, of what is new by then; unless another one is under way. */
export async function reviveDigest(transaction: Transaction, key: DigestKey, now: Date): Promise<void> {
  await transaction.query(reviveStatement, [key.userId, key.digestId, now]);
}

/** The account is gone. */
export async function forgetDigests(database: Queryable, userId: string): Promise<void> {
  await database.query(forgetStatement, [userId]);
}
