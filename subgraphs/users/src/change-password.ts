import { done, type Outcome, refused, type UserError, userError } from '@starling/platform/graphql';
import type { Viewer } from '@starling/platform/identity';
import { getCredentialsById, lockPasswordHash, updatePasswordHash } from './credential-store.ts';
import { checkGivenPassword, checkNewPassword } from './password-rules.ts';
import { deleteOtherSessions } from './session-store.ts';
import { publishRevoked } from './start-session.ts';
import type { UsersParts } from './users-parts.ts';

export interface PasswordChange {
  readonly currentPassword: string;
  readonly newPassword: string;
}

export function wrongPassword(): UserError {
  return userError('INVALID_CREDENTIALS', 'The password is wrong.', 'currentPassword');
}

/** Sets a new password; whoever else was logged in to the account has to know it from now on. */
export async function changePassword(
  parts: UsersParts,
  { userId, sessionId }: Viewer,
  { currentPassword, newPassword }: PasswordChange,
): Promise<Outcome<undefined>> {
  const { database, passwords } = parts;
  const account = await getCredentialsById(database, userId);
  const names = account ? [account.username, account.email, account.email.split('@')[0] ?? ''] : [];
  const errors = [
    ...checkGivenPassword('currentPassword', currentPassword),
    ...checkNewPassword('newPassword', newPassword, names),
  ];
  if (errors.length > 0) return refused(...errors);

  const matches = await passwords.verify(account?.passwordHash, currentPassword);
  if (!account?.passwordHash || !matches) return refused(wrongPassword());

  const { passwordHash } = account;
  const newHash = await passwords.hash(newPassword);
  return database.transaction(async (transaction) => {
    // Of two changes at once the second was checked against a password that is gone.
    if (!(await lockPasswordHash(transaction, userId, passwordHash))) return refused(wrongPassword());
    await updatePasswordHash(transaction, userId, newHash);
    const ended = await deleteOtherSessions(transaction, userId, sessionId);
    await publishRevoked(parts, transaction, userId, ended, 'PASSWORD_CHANGED');
    return done(undefined);
  });
}
