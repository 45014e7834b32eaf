import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { deleteSession } from './session-store.ts';
import { publishRevoked } from './start-session.ts';
import type { UsersParts } from './users-parts.ts';

/** Ends one of the account's own live sessions, the one that asks included. */
export async function revokeSession(parts: UsersParts, userId: string, sessionId: string): Promise<Outcome<undefined>> {
  return parts.database.transaction(async (transaction) => {
    if (!(await deleteSession(transaction, sessionId, userId, parts.now()))) {
      return refused(userError('NOT_FOUND', 'You have no such session.', 'sessionId'));
    }
    await publishRevoked(parts, transaction, userId, [sessionId], 'REVOKED');
    return done(undefined);
  });
}
