import { hashRefreshToken, isRefreshToken } from './refresh-tokens.ts';
import { deleteSession, getSessionByTokenForUpdate } from './session-store.ts';
import { publishRevoked } from './start-session.ts';
import type { UsersParts } from './users-parts.ts';

/** Ends the session of a refresh token, spent or not; without one there is nothing to end. */
export async function logOut(parts: UsersParts, refreshToken: string): Promise<void> {
  if (!isRefreshToken(refreshToken)) return;
  await parts.database.transaction(async (transaction) => {
    const session = await getSessionByTokenForUpdate(transaction, hashRefreshToken(refreshToken));
    if (!session) return;
    const { id, userId } = session;
    const wasLive = await deleteSession(transaction, id, userId, parts.now());
    if (wasLive) await publishRevoked(parts, transaction, userId, [id], 'LOGGED_OUT');
  });
}
