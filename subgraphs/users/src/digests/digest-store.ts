import { type Queryable, statement, type Transaction } from '@starling/platform/postgres';
import type { AskedDigest, DigestContent } from './digest-events.ts';

/** What has not been tried after this time is asked for anew, with what may be told by then: nothing older is sent. */
const FRESH = '10 minutes';
/** Who takes one has the rest of that time to send it: one that is being sent is not asked for anew. */
const TAKEN_WITHIN = '8 minutes';
/** For how long it is known that a digest was sent. */
const KEPT = '30 days';
const MOST_FORGOTTEN = 1_000;
/** Digests that are sent together at most. */
const MOST_AT_ONCE = 10;

// One that was sent is not sent again, and of two attempts the one that was asked for later counts.
const keepStatement = statement(
  'users.keepDigests',
  `INSERT INTO users.digests (id, user_id, attempt, asked_at, content, state)
   SELECT id, user_id, attempt, asked_at, content, 'WAITING'
   FROM unnest($1::uuid[], $2::bigint[], $3::int[], $4::timestamptz[], $5::jsonb[])
     AS asked (id, user_id, attempt, asked_at, content)
   WHERE asked_at > now() - interval '${FRESH}'
   ON CONFLICT (id) DO UPDATE SET
     attempt = excluded.attempt, asked_at = excluded.asked_at, content = excluded.content, state = 'WAITING'
   WHERE digests.asked_at < excluded.asked_at AND digests.state <> 'SENT'`,
);

const listSentStatement = statement(
  'users.listSentDigests',
  `SELECT id, user_id AS "userId" FROM users.digests WHERE id = ANY($1::uuid[]) AND state = 'SENT'`,
);

const forgetStatement = statement(
  'users.forgetDigests',
  `DELETE FROM users.digests WHERE id IN (
     SELECT id FROM users.digests WHERE asked_at < now() - interval '${KEPT}' ORDER BY asked_at LIMIT ${MOST_FORGOTTEN}
     FOR UPDATE SKIP LOCKED)`,
);

// The address is that of this moment.
const takeStatement = statement(
  'users.takeDigests',
  `WITH waiting AS (
     SELECT id FROM users.digests WHERE state = 'WAITING' AND asked_at > now() - interval '${TAKEN_WITHIN}'
     ORDER BY asked_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED
   ), taken AS (
     UPDATE users.digests d SET state = 'CLAIMED' FROM waiting WHERE d.id = waiting.id RETURNING d.*
   )
   SELECT t.id, t.user_id AS "userId", t.attempt, t.content, a.email, a.email_confirmed_at IS NOT NULL AS "isConfirmed"
   FROM taken t LEFT JOIN users.accounts a ON a.id = t.user_id`,
);

const settleStatement = statement(
  'users.settleDigest',
  `UPDATE users.digests SET state = $3, content = NULL
   WHERE id = $1 AND attempt = $2::int AND state = 'CLAIMED' RETURNING id`,
);

const removeWaitingStatement = statement(
  'users.removeWaitingDigests',
  `DELETE FROM users.digests WHERE user_id = $1 AND state = 'WAITING'`,
);

/** A digest that this process, and no other, sends now. */
export interface TakenDigest {
  readonly id: string;
  readonly userId: string;
  readonly attempt: number;
  readonly content: DigestContent;
  /** Null when there is no such account any more. */
  readonly email: string | null;
  /** The account's owner has confirmed to read mails there. */
  readonly isConfirmed: boolean;
}

/** Keeps what is to be sent, and forgets what was long ago. Answers those that have been sent before. */
export async function keepDigests(
  transaction: Transaction,
  asked: readonly AskedDigest[],
): Promise<Pick<TakenDigest, 'id' | 'userId'>[]> {
  await transaction.query(keepStatement, [
    asked.map(({ id }) => id),
    asked.map(({ userId }) => userId),
    asked.map(({ attempt }) => attempt),
    asked.map(({ askedAt }) => askedAt),
    asked.map(({ content }) => JSON.stringify(content)),
  ]);
  await transaction.query(forgetStatement);
  return transaction.query(listSentStatement, [asked.map(({ id }) => id)]);
}

export function takeDigests(database: Queryable): Promise<TakenDigest[]> {
  return database.query(takeStatement);
}

/** Ends a claim. False when the digest has been asked for anew meanwhile, or its account wants none any more. */
export async function settleDigest(
  transaction: Transaction,
  { id, attempt }: TakenDigest,
  state: 'SENT' | 'FAILED',
): Promise<boolean> {
  return (await transaction.query(settleStatement, [id, attempt, state])).length === 1;
}

export async function removeWaitingDigests(transaction: Transaction, userId: string): Promise<void> {
  await transaction.query(removeWaitingStatement, [userId]);
}
