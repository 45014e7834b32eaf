import { makeEvent } from '@starling/platform/event-log';
import type { Transaction } from '@starling/platform/postgres';
import { type AccessToken, type Bearer, signAccessToken } from './access-tokens.ts';
import type { Role } from './account-store.ts';
import { type RevocationReason, sessionRevoked } from './events.ts';
import { insertRefreshToken } from './refresh-token-store.ts';
import { hashRefreshToken, makeRefreshToken, REFRESH_TOKEN_LIFETIME_MS } from './refresh-tokens.ts';
import { deleteSurplusSessions, insertSession } from './session-store.ts';
import type { NamedKey } from './signing-keys.ts';
import { tidy } from './text-rules.ts';
import type { UsersParts } from './users-parts.ts';

const MAX_SESSIONS = 50;
const UNKNOWN_DEVICE = 'Unknown device';

export interface SessionTokens extends AccessToken {
  readonly refreshToken: string;
  readonly refreshTokenExpiresAt: Date;
}

export interface NewSession {
  readonly userId: string;
  readonly role: Role;
  /** As it came, and clean. */
  readonly device: string | null | undefined;
  /** What its first token is signed with. */
  readonly key: NamedKey;
}

/** Begins a session and makes room for it. The caller's transaction holds the account's lock, or has just inserted it. */
export async function startSession(
  parts: UsersParts,
  transaction: Transaction,
  { userId, role, device, key }: NewSession,
): Promise<SessionTokens> {
  const now = parts.now();
  const surplus = await deleteSurplusSessions(transaction, userId, MAX_SESSIONS - 1);
  await publishRevoked(parts, transaction, userId, surplus, 'REVOKED');
  const sessionId = await parts.snowflakes.next('session');
  const expiresAt = new Date(now.getTime() + REFRESH_TOKEN_LIFETIME_MS);
  const name = tidy(device ?? '') || UNKNOWN_DEVICE;
  await insertSession(transaction, { id: sessionId, userId, device: name, lastUsedAt: now, expiresAt });
  return issueTokens(transaction, key, { userId, sessionId, role }, now);
}

/** The session's next pair of tokens. */
export async function issueTokens(
  transaction: Transaction,
  key: NamedKey,
  bearer: Bearer,
  now: Date,
): Promise<SessionTokens> {
  const refreshToken = makeRefreshToken();
  const refreshTokenExpiresAt = new Date(now.getTime() + REFRESH_TOKEN_LIFETIME_MS);
  await insertRefreshToken(transaction, hashRefreshToken(refreshToken), bearer.sessionId, refreshTokenExpiresAt);
  return { ...(await signAccessToken(key, bearer, now)), refreshToken, refreshTokenExpiresAt };
}

export async function publishRevoked(
  parts: UsersParts,
  transaction: Transaction,
  userId: string,
  sessionIds: readonly string[],
  reason: RevocationReason,
): Promise<void> {
  if (sessionIds.length === 0) return;
  const events = sessionIds.map((sessionId) => makeEvent(sessionRevoked, userId, { userId, sessionId, reason }));
  await parts.eventLog.append(transaction, events);
}
