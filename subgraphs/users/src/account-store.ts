import { type Queryable, statement } from '@starling/platform/postgres';

/** What everybody may know of an account; safe to keep in a shared cache. The time of joining is in the id. */
export interface PublicAccount {
  readonly id: string;
  readonly username: string;
  readonly displayName: string;
  readonly bio: string | null;
  readonly location: string | null;
  readonly website: string | null;
  readonly isVerified: boolean;
  readonly isProtected: boolean;
}

export type Role = 'USER' | 'MODERATOR' | 'ADMIN';

export interface PrivateAccount {
  readonly id: string;
  readonly email: string;
  readonly isEmailConfirmed: boolean;
  readonly role: Role;
}

export type Profile = Pick<PublicAccount, 'displayName' | 'bio' | 'location' | 'website' | 'isProtected'>;

const publicAccounts = statement(
  'users.getPublicAccountsByIds',
  `SELECT id, username, display_name AS "displayName", bio, location, website,
          is_verified AS "isVerified", is_protected AS "isProtected"
     FROM users.accounts WHERE id = ANY($1::bigint[])`,
);

export function getPublicAccountsByIds(database: Queryable, ids: readonly string[]): Promise<PublicAccount[]> {
  return database.query(publicAccounts, [ids]);
}

const privateAccounts = statement(
  'users.getPrivateAccountsByIds',
  `SELECT id, email, email_confirmed_at IS NOT NULL AS "isEmailConfirmed", role
     FROM users.accounts WHERE id = ANY($1::bigint[])`,
);

export function getPrivateAccountsByIds(database: Queryable, ids: readonly string[]): Promise<PrivateAccount[]> {
  return database.query(privateAccounts, [ids]);
}

const idsByUsernames = statement(
  'users.getAccountIdsByUsernames',
  `SELECT lower(username COLLATE "C") AS username, id
     FROM users.accounts WHERE lower(username COLLATE "C") = ANY($1::text[])`,
);

/** Takes and answers folded usernames. */
export function getAccountIdsByUsernames(
  database: Queryable,
  usernames: readonly string[],
): Promise<{ username: string; id: string }[]> {
  return database.query(idsByUsernames, [usernames]);
}

const takenNames = statement(
  'users.getTakenNames',
  `SELECT EXISTS (SELECT FROM users.accounts WHERE lower(username COLLATE "C") = lower($1 COLLATE "C")) AS username,
          EXISTS (SELECT FROM users.accounts WHERE email = $2) AS email`,
);

/** Whether somebody has the username or the address now; the unique constraints alone decide who gets them. */
export async function getTakenNames(
  database: Queryable,
  username: string,
  email: string,
): Promise<{ username: boolean; email: boolean }> {
  const [taken] = await database.query<{ username: boolean; email: boolean }>(takenNames, [username, email]);
  return taken ?? { username: false, email: false };
}

export interface NewAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  readonly passwordHash: string;
  readonly displayName: string;
}

export const USERNAME_CONSTRAINT = 'accounts_username_key';
export const EMAIL_CONSTRAINT = 'accounts_email_key';

const insert = statement(
  'users.insertAccount',
  `INSERT INTO users.accounts (id, username, email, password_hash, display_name) VALUES ($1, $2, $3, $4, $5)`,
);

/** Violates one of the two constraints above when a name is taken. */
export async function insertAccount(transaction: Queryable, account: NewAccount): Promise<void> {
  const { id, username, email, passwordHash, displayName } = account;
  await transaction.query(insert, [id, username, email, passwordHash, displayName]);
}

const rename = statement(
  'users.updateUsername',
  `UPDATE users.accounts account SET username = $2
     FROM (SELECT id, username FROM users.accounts WHERE id = $1 FOR UPDATE) before
    WHERE account.id = before.id
   RETURNING before.username AS "previousUsername"`,
);

/** The username until now; undefined when there is no such account. Violates `USERNAME_CONSTRAINT` when it is taken. */
export async function updateUsername(
  transaction: Queryable,
  id: string,
  username: string,
): Promise<string | undefined> {
  const [row] = await transaction.query<{ previousUsername: string }>(rename, [id, username]);
  return row?.previousUsername;
}

const lockProfile = statement(
  'users.getProfileForUpdate',
  `SELECT display_name AS "displayName", bio, location, website, is_protected AS "isProtected"
     FROM users.accounts WHERE id = $1 FOR NO KEY UPDATE`,
);

/** The profile, locked until the transaction ends. */
export async function getProfileForUpdate(transaction: Queryable, id: string): Promise<Profile | undefined> {
  const [profile] = await transaction.query<Profile>(lockProfile, [id]);
  return profile;
}

const changeProfile = statement(
  'users.updateProfile',
  `UPDATE users.accounts SET display_name = $2, bio = $3, location = $4, website = $5, is_protected = $6 WHERE id = $1`,
);

export async function updateProfile(transaction: Queryable, id: string, profile: Profile): Promise<void> {
  const { displayName, bio, location, website, isProtected } = profile;
  await transaction.query(changeProfile, [id, displayName, bio, location, website, isProtected]);
}
