import { makeEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import { accountDigestsStopped } from '../events.ts';
import type { UsersParts } from '../users-parts.ts';
import { removeWaitingDigests } from './digest-store.ts';

/** Ends the digests of the account that the token is of, also those that wait to be sent. Doing it again changes nothing. */
export async function stopDigests(
  { database, eventLog, stopLinks }: UsersParts,
  token: string,
): Promise<Outcome<undefined>> {
  const userId = await stopLinks.subjectOf(token);
  if (userId === null) return refused(userError('INVALID', 'This link is not whole.', 'token'));
  await database.transaction(async (transaction) => {
    await removeWaitingDigests(transaction, userId);
    await eventLog.append(transaction, [makeEvent(accountDigestsStopped, userId, { userId })]);
  });
  return done(undefined);
}
