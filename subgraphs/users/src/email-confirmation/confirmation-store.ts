import { type Database, type Queryable, statement, type Transaction } from '@starling/platform/postgres';

/** For how long a link is good, and a mail counts. */
export const GOOD_FOR_HOURS = 24;
const GOOD_FOR = `${GOOD_FOR_HOURS} hours`;
/** Mails that one account may make go out in that time. */
export const MOST_MAILS = 5;
/** Attempts to hand over one mail: after 10 and 40 minutes it is tried again. */
export const MOST_ATTEMPTS = 3;
/** Until another process takes a mail whose sender has not said what became of it. */
const CLAIMED_FOR = '10 minutes';
const MOST_AT_ONCE = 10;
const MOST_FORGOTTEN = 100;

const lockStatement = statement(
  'users.getEmailForUpdate',
  `SELECT a.email, a.email_confirmed_at IS NOT NULL AS "isConfirmed",
     (SELECT count(*) FROM users.email_confirmations c
      WHERE c.user_id = a.id AND c.asked_at > now() - interval '${GOOD_FOR}')::int AS mails,
     (SELECT min(asked_at) + interval '${GOOD_FOR}' FROM users.email_confirmations c
      WHERE c.user_id = a.id AND c.asked_at > now() - interval '${GOOD_FOR}') AS "nextAt"
   FROM users.accounts a WHERE a.id = $1 FOR NO KEY UPDATE OF a`,
);

// What has not been sent by now is out of date: the newest mail is the one that is right.
const askStatement = statement(
  'users.askForEmailConfirmation',
  `WITH superseded AS (UPDATE users.email_confirmations SET send_at = NULL WHERE user_id = $2 AND send_at IS NOT NULL),
   forgotten AS (
     DELETE FROM users.email_confirmations WHERE id IN (
       SELECT id FROM users.email_confirmations WHERE user_id <> $2 AND asked_at < now() - interval '${GOOD_FOR}'
       ORDER BY asked_at LIMIT ${MOST_FORGOTTEN} FOR UPDATE SKIP LOCKED)
   )
   INSERT INTO users.email_confirmations (id, user_id, email) VALUES ($1, $2, $3)`,
);

const takeStatement = statement(
  'users.takeEmailConfirmations',
  `WITH waiting AS (
     SELECT id FROM users.email_confirmations
     WHERE send_at <= now() AND asked_at > now() - interval '${GOOD_FOR}'
     ORDER BY send_at LIMIT ${MOST_AT_ONCE} FOR UPDATE SKIP LOCKED
   )
   UPDATE users.email_confirmations c SET attempts = attempts + 1, send_at = now() + interval '${CLAIMED_FOR}'
   FROM waiting, users.accounts a WHERE c.id = waiting.id AND a.id = c.user_id
   RETURNING c.id, c.email, c.attempts, a.username`,
);

const settleStatement = statement(
  'users.settleEmailConfirmation',
  `UPDATE users.email_confirmations SET send_at = now() + $3::int * interval '1 minute'
   WHERE id = $1 AND attempts = $2 AND send_at IS NOT NULL`,
);

// Of links that were made for one address, one confirms it, and none of them confirms another.
const confirmStatement = statement(
  'users.confirmEmail',
  `WITH used AS (
     DELETE FROM users.email_confirmations WHERE id = $1 AND asked_at > now() - interval '${GOOD_FOR}'
     RETURNING user_id, email
   )
   UPDATE users.accounts a SET email_confirmed_at = now() FROM used WHERE a.id = used.user_id AND a.email = used.email
   RETURNING a.id`,
);

export interface AddressToConfirm {
  readonly email: string;
  readonly isConfirmed: boolean;
  /** That the account has made go out lately. */
  readonly mails: number;
  /** When the oldest of these counts no longer; null when there is none. */
  readonly nextAt: Date | null;
}

/** The address, locked until the transaction ends; undefined when there is no such account. */
export async function getAddressToConfirm(
  transaction: Transaction,
  userId: string,
): Promise<AddressToConfirm | undefined> {
  return (await transaction.query<AddressToConfirm>(lockStatement, [userId]))[0];
}

export async function keepConfirmation(
  transaction: Transaction,
  confirmation: { readonly id: string; readonly userId: string; readonly email: string },
): Promise<void> {
  await transaction.query(askStatement, [confirmation.id, confirmation.userId, confirmation.email]);
}

/** A mail that this process, and for a while no other, sends now. */
export interface TakenConfirmation {
  readonly id: string;
  readonly email: string;
  /** This one included. */
  readonly attempts: number;
  readonly username: string;
}

export function takeConfirmations(database: Database): Promise<TakenConfirmation[]> {
  return database.query(takeStatement);
}

/** `again` is in minutes; null when nothing more is tried. */
export async function settleConfirmation(
  database: Database,
  { id, attempts }: TakenConfirmation,
  again: number | null,
): Promise<void> {
  await database.query(settleStatement, [id, attempts, again]);
}

/** The account whose address is confirmed now; null when the confirmation is not good any more. */
export async function confirmAddress(transaction: Queryable, confirmationId: string): Promise<string | null> {
  const [row] = await transaction.query<{ id: string }>(confirmStatement, [confirmationId]);
  return row?.id ?? null;
}
