import { type EventLog, makeEvent } from '@starling/platform/event-log';
import { copyRows, type Queryable, statement, type Transaction } from '@starling/platform/postgres';
import { accountRegistered } from './events.ts';

/** An account as it is written, complete and valid: nothing of it is checked here. The address is in lower case. */
export interface BulkAccount {
  readonly id: string;
  readonly username: string;
  readonly email: string;
  /** Null for an account that nobody can log in to. */
  readonly passwordHash: string | null;
  readonly displayName: string;
  readonly bio: string | null;
  readonly location: string | null;
}

export interface BulkAccounts {
  readonly added: number;
  /** Ids of accounts that were not added because another account has their username or address. */
  readonly taken: ReadonlySet<string>;
}

const COLUMNS = ['id', 'username', 'email', 'password_hash', 'display_name', 'bio', 'location'];

const createStatement = statement(
  'users.createBulkAccounts',
  `CREATE TEMPORARY TABLE bulk_accounts (
     id bigint, username text, email text, password_hash text, display_name text, bio text, location text
   ) ON COMMIT DROP`,
);

const addStatement = statement(
  'users.addBulkAccounts',
  `INSERT INTO users.accounts (${COLUMNS.join(', ')})
   SELECT ${COLUMNS.join(', ')} FROM bulk_accounts ORDER BY id
   ON CONFLICT DO NOTHING RETURNING id, username`,
);

const takenStatement = statement(
  'users.getTakenBulkAccounts',
  `SELECT id FROM bulk_accounts AS bulk
   WHERE NOT EXISTS (SELECT FROM users.accounts WHERE accounts.id = bulk.id)`,
);

const allowLogInStatement = statement(
  'users.allowLogInToBulkAccounts',
  `UPDATE users.accounts SET password_hash = bulk.password_hash FROM bulk_accounts AS bulk
   WHERE accounts.id = bulk.id AND accounts.password_hash IS NULL AND bulk.password_hash IS NOT NULL`,
);

const hasAccountsStatement = statement('users.hasAccounts', 'SELECT EXISTS (SELECT FROM users.accounts) AS found');

/** Whether anybody has joined yet. */
export async function hasAccounts(database: Queryable): Promise<boolean> {
  const [row] = await database.query<{ found: boolean }>(hasAccountsStatement);
  return row?.found === true;
}

/**
 * Adds thousands of accounts with their events. An account that is there already stays as it is and tells nobody; only a
 * password is given to it when it has none.
 */
export async function addAccountsInBulk(
  transaction: Transaction,
  eventLog: Pick<EventLog, 'append'>,
  accounts: readonly BulkAccount[],
): Promise<BulkAccounts> {
  await transaction.query(createStatement);
  await copyRows(
    transaction.client,
    { table: 'bulk_accounts', columns: COLUMNS },
    accounts.map(({ id, username, email, passwordHash, displayName, bio, location }) => [
      id,
      username,
      email,
      passwordHash,
      displayName,
      bio,
      location,
    ]),
  );
  const added = await transaction.query<{ id: string; username: string }>(addStatement);
  await eventLog.append(
    transaction,
    added.map(({ id, username }) => makeEvent(accountRegistered, id, { userId: id, username })),
  );
  if (added.length === accounts.length) return { added: added.length, taken: new Set() };
  await transaction.query(allowLogInStatement);
  const taken = await transaction.query<{ id: string }>(takenStatement);
  return { added: added.length, taken: new Set(taken.map(({ id }) => id)) };
}
