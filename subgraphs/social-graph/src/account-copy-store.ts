import { type Queryable, statement } from '@starling/platform/postgres';

const getProtectionStatement = statement(
  'social-graph.getProtection',
  'SELECT is_protected AS "isProtected" FROM social_graph.accounts WHERE id = $1',
);

const addAccountsStatement = statement(
  'social-graph.addAccounts',
  'INSERT INTO social_graph.accounts (id) SELECT unnest($1::bigint[]) ON CONFLICT DO NOTHING',
);

const setProtectionsStatement = statement(
  'social-graph.setProtections',
  `UPDATE social_graph.accounts AS account SET is_protected = changed.is_protected
   FROM unnest($1::bigint[], $2::boolean[]) AS changed (id, is_protected)
   WHERE account.id = changed.id AND account.is_protected <> changed.is_protected`,
);

// Scalar subqueries are probes of the primary keys. Signed out, $1 is null and follows nobody.
const getClosedAccountsStatement = statement(
  'social-graph.getClosedAccountsByIds',
  `SELECT account.id FROM social_graph.accounts AS account
   WHERE account.id = ANY($2::bigint[]) AND account.is_protected AND account.id IS DISTINCT FROM $1::bigint
     AND (SELECT true FROM social_graph.follows WHERE follower_id = $1 AND followee_id = account.id) IS NULL`,
);

/** Undefined when there is no such account. */
export async function getProtection(database: Queryable, id: string): Promise<boolean | undefined> {
  const [row] = await database.query<{ isProtected: boolean }>(getProtectionStatement, [id]);
  return row?.isProtected;
}

/** Adding an account again changes nothing. */
export async function addAccounts(database: Queryable, ids: readonly string[]): Promise<void> {
  await database.query(addAccountsStatement, [ids]);
}

/** Each account at most once. */
export async function setProtections(database: Queryable, protections: ReadonlyMap<string, boolean>): Promise<void> {
  await database.query(setProtectionsStatement, [[...protections.keys()], [...protections.values()]]);
}

/** Those of the accounts that are protected from the viewer: neither the viewer's own nor followed by the viewer. */
export async function getClosedAccountsByIds(
  database: Queryable,
  viewerId: string | null,
  ids: readonly string[],
): Promise<{ readonly id: string }[]> {
  return database.query(getClosedAccountsStatement, [viewerId, ids]);
}
