import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import type { UsersParts } from '../users-parts.ts';
import { confirmAddress } from './confirmation-store.ts';

/** Confirms the address that the link was sent to, if it is still the account's. A link is good for one time. */
export async function confirmEmail(
  { database, confirmationLinks }: Pick<UsersParts, 'database' | 'confirmationLinks'>,
  token: string,
): Promise<Outcome<undefined>> {
  const confirmationId = await confirmationLinks.subjectOf(token);
  if (confirmationId === null) return refused(userError('INVALID', 'This link is not whole.', 'token'));
  const userId = await database.transaction((transaction) => confirmAddress(transaction, confirmationId));
  if (userId !== null) return done(undefined);
  return refused(userError('EXPIRED', 'This link was used, is too old, or is of another address.', 'token'));
}
