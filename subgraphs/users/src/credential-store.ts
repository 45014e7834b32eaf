import { type Queryable, statement } from '@starling/platform/postgres';
import type { Role } from './account-store.ts';

/** What a log-in is checked against. Never leaves the commands. */
export interface Credentials {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly role: Role;
  /** Null when nobody can log in to the account. */
  readonly passwordHash: string | null;
}

const COLUMNS = 'id, username, email, role, password_hash AS "passwordHash"';

const byUsername = statement(
  'users.getCredentialsByUsername',
  `SELECT ${COLUMNS} FROM users.accounts WHERE lower(username COLLATE "C") = lower($1 COLLATE "C")`,
);
const byEmail = statement('users.getCredentialsByEmail', `SELECT ${COLUMNS} FROM users.accounts WHERE email = $1`);
const byId = statement('users.getCredentialsById', `SELECT ${COLUMNS} FROM users.accounts WHERE id = $1`);

export async function getCredentialsByUsername(database: Queryable, name: string): Promise<Credentials | undefined> {
  return (await database.query<Credentials>(byUsername, [name]))[0];
}

/** Takes a normalised address. */
export async function getCredentialsByEmail(database: Queryable, email: string): Promise<Credentials | undefined> {
  return (await database.query<Credentials>(byEmail, [email]))[0];
}

export async function getCredentialsById(database: Queryable, id: string): Promise<Credentials | undefined> {
  return (await database.query<Credentials>(byId, [id]))[0];
}

const lock = statement(
  'users.lockPasswordHash',
  'SELECT id FROM users.accounts WHERE id = $1 AND password_hash = $2 FOR NO KEY UPDATE',
);

/** Locks the account until the transaction ends; false when its password is not the one that was checked any more. */
export async function lockPasswordHash(transaction: Queryable, id: string, passwordHash: string): Promise<boolean> {
  return (await transaction.query(lock, [id, passwordHash])).length === 1;
}

const setHash = statement('users.updatePasswordHash', 'UPDATE users.accounts SET password_hash = $2 WHERE id = $1');

export async function updatePasswordHash(transaction: Queryable, id: string, passwordHash: string): Promise<void> {
  await transaction.query(setHash, [id, passwordHash]);
}

const setEmail = statement(
  'users.updateEmail',
  'UPDATE users.accounts SET email = $2, email_confirmed_at = NULL WHERE id = $1',
);

/** The new address is to be confirmed anew. Violates `EMAIL_CONSTRAINT` when another account has the address. */
export async function updateEmail(transaction: Queryable, id: string, email: string): Promise<void> {
  await transaction.query(setEmail, [id, email]);
}
