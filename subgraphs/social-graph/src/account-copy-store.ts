import { type Queryable, statement } from '@starling/platform/postgres';

const hasAccountStatement = statement(
  'social-graph.hasAccount',
  'SELECT 1 AS found FROM social_graph.accounts WHERE id = $1',
);

const addAccountsStatement = statement(
  'social-graph.addAccounts',
  'INSERT INTO social_graph.accounts (id) SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING',
);

export async function hasAccount(database: Queryable, id: string): Promise<boolean> {
  return (await database.query(hasAccountStatement, [id])).length > 0;
}

/** Adding an account again changes nothing. */
export async function addAccounts(database: Queryable, ids: readonly string[]): Promise<void> {
  await database.query(addAccountsStatement, [ids]);
}
