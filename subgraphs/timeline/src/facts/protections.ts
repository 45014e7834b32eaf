import { type Queryable, statement } from '@starling/platform/postgres';

export interface Protection {
  readonly userId: string;
  readonly isProtected: boolean;
}

const getProtectionsStatement = statement(
  'timeline.getProtectionsByUserIds',
  `SELECT account.id AS "userId",
     (SELECT true FROM timeline.protected_accounts WHERE user_id = account.id) IS NOT NULL AS "isProtected"
   FROM unnest($1::bigint[]) AS account (id)`,
);

/** One row per id, whether or not there is such an account. */
export async function getProtectionsByUserIds(database: Queryable, userIds: readonly string[]): Promise<Protection[]> {
  return database.query(getProtectionsStatement, [userIds]);
}
