import { type Queryable, statement } from '@starling/platform/postgres';

export interface AccountName {
  readonly userId: string;
  /** In lower case. */
  readonly username: string;
  readonly namedAt: Date;
}

const nameAccountsStatement = statement(
  'tweets.nameAccounts',
  `INSERT INTO tweets.accounts (user_id, username, named_at)
   SELECT * FROM unnest($1::bigint[], $2::text[], $3::timestamptz[]) AS named (user_id, username, named_at) ORDER BY user_id
   ON CONFLICT (user_id) DO UPDATE SET username = excluded.username, named_at = excluded.named_at`,
);

// The later of two accounts with one name comes last, and so wins in a map.
const findAccountsStatement = statement(
  'tweets.findAccountsByUsernames',
  `SELECT user_id AS "userId", username FROM tweets.accounts WHERE username = ANY($1::text[]) ORDER BY named_at, user_id`,
);

/** Each account at most once. */
export async function nameAccounts(transaction: Queryable, names: readonly AccountName[]): Promise<void> {
  await transaction.query(nameAccountsStatement, [
    names.map(({ userId }) => userId),
    names.map(({ username }) => username),
    names.map(({ namedAt }) => namedAt),
  ]);
}

/** The accounts that have these names, which are in lower case: of two with one name the later one comes last. */
export async function findAccountsByUsernames(
  database: Queryable,
  usernames: readonly string[],
): Promise<Pick<AccountName, 'userId' | 'username'>[]> {
  return database.query(findAccountsStatement, [usernames]);
}
