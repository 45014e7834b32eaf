import { makeEvent } from '@starling/platform/event-log';
import { done, type Outcome, refused, type UserError } from '@starling/platform/graphql';
import { violatedConstraint } from '@starling/platform/postgres';
import { EMAIL_CONSTRAINT, getTakenNames, insertAccount, USERNAME_CONSTRAINT } from './account-store.ts';
import { emailTaken, readEmailAddress } from './email-addresses.ts';
import { askForConfirmation } from './email-confirmation/request-email-confirmation.ts';
import { accountRegistered } from './events.ts';
import { checkNewPassword } from './password-rules.ts';
import { type SessionTokens, startSession } from './start-session.ts';
import { checkText, DEVICE, DISPLAY_NAME, tidy } from './text-rules.ts';
import { checkUsername, usernameTaken } from './usernames.ts';
import type { UsersParts } from './users-parts.ts';

export interface Registration {
  readonly username: string;
  readonly email: string;
  readonly password: string;
  readonly displayName?: string | null | undefined;
  readonly device?: string | null | undefined;
}

export interface LoggedIn {
  readonly userId: string;
  readonly tokens: SessionTokens;
}

/** Opens an account and its first session. Tells all that is wrong at once; the hash is made when nothing seems to be. */
export async function registerAccount(parts: UsersParts, input: Registration): Promise<Outcome<LoggedIn>> {
  const { database, eventLog, snowflakes, passwords, signingKeys } = parts;
  const { username, password, device } = input;
  const email = readEmailAddress('email', input.email);
  const address = email.ok ? email.value : '';
  const errors: UserError[] = [
    ...checkUsername('username', username),
    ...(email.ok ? [] : email.userErrors),
    ...checkNewPassword('password', password, [username, address, address.split('@')[0] ?? '']),
    ...(input.displayName == null ? [] : checkText('displayName', input.displayName, DISPLAY_NAME)),
    ...(device == null ? [] : checkText('device', device, DEVICE)),
  ];
  if (errors.length > 0) return refused(...errors);

  const taken = await getTakenNames(database, username, address);
  if (taken.username) errors.push(usernameTaken('username'));
  if (taken.email) errors.push(emailTaken('email'));
  if (errors.length > 0) return refused(...errors);

  const passwordHash = await passwords.hash(password);
  const id = await snowflakes.next('user');
  const displayName = tidy(input.displayName ?? username);
  const key = await signingKeys.current();
  try {
    return await database.transaction(async (transaction) => {
      await insertAccount(transaction, { id, username, email: address, passwordHash, displayName });
      await eventLog.append(transaction, [makeEvent(accountRegistered, id, { userId: id, username })]);
      await askForConfirmation(parts, transaction, id);
      const tokens = await startSession(parts, transaction, { userId: id, role: 'USER', device, key });
      return done({ userId: id, tokens });
    });
  } catch (error) {
    // Somebody else was first between the look and the insert.
    const constraint = violatedConstraint(error);
    if (constraint === USERNAME_CONSTRAINT) return refused(usernameTaken('username'));
    if (constraint === EMAIL_CONSTRAINT) return refused(emailTaken('email'));
    throw error;
  }
}
