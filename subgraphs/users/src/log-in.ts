import { done, isCleanText, type Outcome, refused, type UserError, userError } from '@starling/platform/graphql';
import type { Queryable } from '@starling/platform/postgres';
import {
  type Credentials,
  getCredentialsByEmail,
  getCredentialsByUsername,
  lockPasswordHash,
  updatePasswordHash,
} from './credential-store.ts';
import { normaliseEmailAddress } from './email-addresses.ts';
import { checkGivenPassword } from './password-rules.ts';
import type { LoggedIn } from './register.ts';
import { startSession } from './start-session.ts';
import { checkText, DEVICE } from './text-rules.ts';
import { isUsername } from './usernames.ts';
import type { UsersParts } from './users-parts.ts';

export interface LogIn {
  readonly login: string;
  readonly password: string;
  readonly device?: string | null | undefined;
}

function checkLogin(login: string): UserError[] {
  if (login.trim() === '') return [userError('BLANK', 'Give your username or email address.', 'login')];
  if (!isCleanText(login)) return [userError('INVALID', 'This is no username and no email address.', 'login')];
  return [];
}

/** A username has no `@`, and an address has one: the two cannot be mistaken for each other. */
async function find(database: Queryable, login: string): Promise<Credentials | undefined> {
  const name = login.trim();
  if (name.includes('@')) return getCredentialsByEmail(database, normaliseEmailAddress(name));
  return isUsername(name) ? getCredentialsByUsername(database, name) : undefined;
}

/** Begins a session for whoever knows the password. Says and takes the same for an unknown name and for a wrong password. */
export async function logIn(parts: UsersParts, { login, password, device }: LogIn): Promise<Outcome<LoggedIn>> {
  const { database, passwords, signingKeys } = parts;
  const errors = [
    ...checkLogin(login),
    ...checkGivenPassword('password', password),
    ...(device == null ? [] : checkText('device', device, DEVICE)),
  ];
  if (errors.length > 0) return refused(...errors);

  const wrong = refused(userError('INVALID_CREDENTIALS', 'The name or the password is wrong.'));
  const account = await find(database, login);
  const matches = await passwords.verify(account?.passwordHash, password);
  if (!account?.passwordHash || !matches) return wrong;

  const { id: userId, role, passwordHash } = account;
  const newHash = passwords.isOutdated(passwordHash) ? await passwords.hash(password) : undefined;
  const key = await signingKeys.current();
  return database.transaction(async (transaction) => {
    // A password that changed while it was being checked is not good any more.
    if (!(await lockPasswordHash(transaction, userId, passwordHash))) return wrong;
    if (newHash !== undefined) await updatePasswordHash(transaction, userId, newHash);
    return done({ userId, tokens: await startSession(parts, transaction, { userId, role, device, key }) });
  });
}
