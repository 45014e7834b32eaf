import { makeEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused } from '@starling/platform/graphql';
import { violatedConstraint } from '@starling/platform/postgres';
import { EMAIL_CONSTRAINT } from './account-store.ts';
import { wrongPassword } from './change-password.ts';
import { getCredentialsById, lockPasswordHash, updateEmail } from './credential-store.ts';
import { emailTaken, readEmailAddress } from './email-addresses.ts';
import { askForConfirmation } from './email-confirmation/request-email-confirmation.ts';
import { accountEmailChanged } from './events.ts';
import { checkGivenPassword } from './password-rules.ts';
import type { UsersParts } from './users-parts.ts';

export interface EmailChange {
  readonly email: string;
  readonly currentPassword: string;
}

/** Sets a new email address, which is asked about by mail; answers the account's id. */
export async function changeEmail(
  parts: UsersParts,
  userId: string,
  { email, currentPassword }: EmailChange,
): Promise<Outcome<string>> {
  const { database, eventLog, passwords } = parts;
  const address = readEmailAddress('email', email);
  const errors = [...(address.ok ? [] : address.userErrors), ...checkGivenPassword('currentPassword', currentPassword)];
  if (!address.ok || errors.length > 0) return refused(...errors);

  const account = await getCredentialsById(database, userId);
  const matches = await passwords.verify(account?.passwordHash, currentPassword);
  if (!account?.passwordHash || !matches) return refused(wrongPassword());
  if (account.email === address.value) return done(userId);

  const { passwordHash } = account;
  try {
    return await database.transaction(async (transaction) => {
      if (!(await lockPasswordHash(transaction, userId, passwordHash))) return refused(wrongPassword());
      await updateEmail(transaction, userId, address.value);
      await askForConfirmation(parts, transaction, userId);
      await eventLog.append(transaction, [makeEvent(accountEmailChanged, userId, { userId })]);
      return done(userId);
    });
  } catch (error) {
    if (violatedConstraint(error) === EMAIL_CONSTRAINT) return refused(emailTaken('email'));
    throw error;
  }
}
