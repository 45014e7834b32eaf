import { type Queryable, statement } from '@starling/platform/postgres';
import type { Role } from './account-store.ts';

export interface SessionRow {
  readonly id: string;
  readonly userId: string;
  readonly device: string;
  readonly lastUsedAt: Date;
  readonly expiresAt: Date;
}

const live = statement(
  'users.getLiveSessionsByUserIds',
  `SELECT id, user_id AS "userId", device, last_used_at AS "lastUsedAt", expires_at AS "expiresAt"
     FROM users.sessions WHERE user_id = ANY($1::bigint[]) AND expires_at > $2
    ORDER BY user_id, last_used_at DESC, id DESC`,
);

/** Each account's sessions with the most recently used first. */
export function getLiveSessionsByUserIds(
  database: Queryable,
  userIds: readonly string[],
  now: Date,
): Promise<SessionRow[]> {
  return database.query(live, [userIds, now]);
}

const insert = statement(
  'users.insertSession',
  'INSERT INTO users.sessions (id, user_id, device, last_used_at, expires_at) VALUES ($1, $2, $3, $4, $5)',
);

export async function insertSession(transaction: Queryable, session: SessionRow): Promise<void> {
  const { id, userId, device, lastUsedAt, expiresAt } = session;
  await transaction.query(insert, [id, userId, device, lastUsedAt, expiresAt]);
}

const prolong = statement(
  'users.prolongSession',
  'UPDATE users.sessions SET last_used_at = $2, expires_at = $3 WHERE id = $1',
);

export async function prolongSession(
  transaction: Queryable,
  id: string,
  lastUsedAt: Date,
  expiresAt: Date,
): Promise<void> {
  await transaction.query(prolong, [id, lastUsedAt, expiresAt]);
}

const lockByToken = statement(
  'users.getSessionByTokenForUpdate',
  `SELECT session.id, session.user_id AS "userId", account.role
     FROM users.sessions session JOIN users.accounts account ON account.id = session.user_id
    WHERE session.id = (SELECT session_id FROM users.refresh_tokens WHERE hash = $1)
      FOR UPDATE OF session`,
);

/**
 * The session of a refresh token, locked until the transaction ends. Whoever spends or ends it takes this lock first: what
 * is read of its tokens afterwards holds.
 */
export async function getSessionByTokenForUpdate(
  transaction: Queryable,
  tokenHash: Buffer,
): Promise<{ id: string; userId: string; role: Role } | undefined> {
  const [session] = await transaction.query<{ id: string; userId: string; role: Role }>(lockByToken, [tokenHash]);
  return session;
}

const remove = statement(
  'users.deleteSession',
  'DELETE FROM users.sessions WHERE id = $1 AND user_id = $2 AND expires_at > $3 RETURNING id',
);

/** False when the account has no such live session. */
export async function deleteSession(transaction: Queryable, id: string, userId: string, now: Date): Promise<boolean> {
  return (await transaction.query(remove, [id, userId, now])).length === 1;
}

const removeOthers = statement(
  'users.deleteOtherSessions',
  'DELETE FROM users.sessions WHERE user_id = $1 AND id <> $2 RETURNING id',
);

/** Ends all of the account's sessions but one; answers their ids. */
export async function deleteOtherSessions(transaction: Queryable, userId: string, keptId: string): Promise<string[]> {
  return (await transaction.query<{ id: string }>(removeOthers, [userId, keptId])).map(({ id }) => id);
}

const removeSurplus = statement(
  'users.deleteSurplusSessions',
  `DELETE FROM users.sessions WHERE id IN (
     SELECT id FROM users.sessions WHERE user_id = $1 ORDER BY last_used_at DESC, id DESC OFFSET $2
   ) RETURNING id`,
);

/** Ends the least recently used sessions beyond `kept`; answers their ids. The caller holds the account's lock. */
export async function deleteSurplusSessions(transaction: Queryable, userId: string, kept: number): Promise<string[]> {
  return (await transaction.query<{ id: string }>(removeSurplus, [userId, kept])).map(({ id }) => id);
}

const removeExpired = statement(
  'users.deleteExpiredSessions',
  `DELETE FROM users.sessions WHERE id IN (
     SELECT id FROM users.sessions WHERE expires_at <= $1 ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
   ) RETURNING id`,
);

/** Forgets at most `limit` sessions whose time is over; answers how many. */
export async function deleteExpiredSessions(database: Queryable, now: Date, limit: number): Promise<number> {
  return (await database.query(removeExpired, [now, limit])).length;
}
