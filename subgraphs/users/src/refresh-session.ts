import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { deleteExpiredTokens, getRefreshToken, spendRefreshToken } from './refresh-token-store.ts';
import { hashRefreshToken, isRefreshToken } from './refresh-tokens.ts';
import { deleteSession, getSessionByTokenForUpdate, prolongSession } from './session-store.ts';
import { issueTokens, publishRevoked, type SessionTokens } from './start-session.ts';
import type { UsersParts } from './users-parts.ts';

/**
 * Spends a refresh token for the session's next tokens. Of two that come with the same token the first gets the session's
 * lock and wins; to the second the token is spent, and a spent token ends the session for both: one of the two stole it.
 */
export async function refreshSession(parts: UsersParts, refreshToken: string): Promise<Outcome<SessionTokens>> {
  const expired = refused(userError('EXPIRED', 'This session is over. Log in again.', 'refreshToken'));
  if (!isRefreshToken(refreshToken)) {
    return refused(userError('INVALID', 'This is no refresh token.', 'refreshToken'));
  }
  const hash = hashRefreshToken(refreshToken);
  const key = await parts.signingKeys.current();
  return parts.database.transaction(async (transaction) => {
    const session = await getSessionByTokenForUpdate(transaction, hash);
    const token = session && (await getRefreshToken(transaction, hash));
    if (!token) return expired;
    const { id: sessionId, userId, role } = session;
    const now = parts.now();
    if (token.isSpent) {
      const wasLive = await deleteSession(transaction, sessionId, userId, now);
      if (wasLive) await publishRevoked(parts, transaction, userId, [sessionId], 'TOKEN_REUSED');
      return expired;
    }
    if (token.expiresAt <= now) return expired;
    await spendRefreshToken(transaction, hash);
    await deleteExpiredTokens(transaction, sessionId, now);
    const tokens = await issueTokens(transaction, key, { userId, sessionId, role }, now);
    await prolongSession(transaction, sessionId, now, tokens.refreshTokenExpiresAt);
    return done(tokens);
  });
}
