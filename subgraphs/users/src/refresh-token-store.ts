import { type Queryable, statement } from '@starling/platform/postgres';

export interface RefreshTokenRow {
  readonly isSpent: boolean;
  readonly expiresAt: Date;
}

const get = statement(
  'users.getRefreshToken',
  'SELECT is_spent AS "isSpent", expires_at AS "expiresAt" FROM users.refresh_tokens WHERE hash = $1',
);

export async function getRefreshToken(transaction: Queryable, hash: Buffer): Promise<RefreshTokenRow | undefined> {
  return (await transaction.query<RefreshTokenRow>(get, [hash]))[0];
}

const insert = statement(
  'users.insertRefreshToken',
  'INSERT INTO users.refresh_tokens (hash, session_id, expires_at) VALUES ($1, $2, $3)',
);

export async function insertRefreshToken(
  transaction: Queryable,
  hash: Buffer,
  sessionId: string,
  expiresAt: Date,
): Promise<void> {
  await transaction.query(insert, [hash, sessionId, expiresAt]);
}

const spend = statement('users.spendRefreshToken', 'UPDATE users.refresh_tokens SET is_spent = true WHERE hash = $1');

export async function spendRefreshToken(transaction: Queryable, hash: Buffer): Promise<void> {
  await transaction.query(spend, [hash]);
}

const removeExpired = statement(
  'users.deleteExpiredTokens',
  'DELETE FROM users.refresh_tokens WHERE session_id = $1 AND expires_at <= $2',
);

/** A spent token that would be refused for its age anyway need not be remembered. */
export async function deleteExpiredTokens(transaction: Queryable, sessionId: string, now: Date): Promise<void> {
  await transaction.query(removeExpired, [sessionId, now]);
}
