import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import type { Transaction } from '@starling/platform/postgres';
import { uuidv7 } from 'uuidv7';
import type { UsersParts } from '../users-parts.ts';
import { getAddressToConfirm, keepConfirmation, MOST_MAILS } from './confirmation-store.ts';

/**
 * Has the account asked by mail whether its address is its own, in the transaction that gives it one. When it has made too many
 * mails go out already, none goes out.
 */
export async function askForConfirmation(
  parts: Pick<UsersParts, 'confirmations'>,
  transaction: Transaction,
  userId: string,
): Promise<Outcome<string>> {
  const address = await getAddressToConfirm(transaction, userId);
  if (!address) return refused(userError('NOT_FOUND', 'There is no such account.'));
  if (address.isConfirmed) return done(userId);
  if (address.mails >= MOST_MAILS) {
    const at = address.nextAt?.toISOString() ?? 'tomorrow';
    return refused(userError('LIMIT_REACHED', `Enough mails have been sent for now. Please try again at ${at}.`));
  }
  await keepConfirmation(transaction, { id: uuidv7(), userId, email: address.email });
  transaction.afterCommit(parts.confirmations.wake);
  return done(userId);
}

/** Sends another mail to the account's address; answers the account's id. Where it is confirmed already, nothing is sent. */
export function requestEmailConfirmation(parts: UsersParts, userId: string): Promise<Outcome<string>> {
  return parts.database.transaction((transaction) => askForConfirmation(parts, transaction, userId));
}
