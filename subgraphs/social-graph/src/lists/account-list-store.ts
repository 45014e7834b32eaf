import { type Queryable, statement } from '@starling/platform/postgres';

/** A list of accounts that somebody has made. */
export interface AccountList {
  readonly id: string;
  readonly ownerId: string;
  readonly name: string;
  readonly description: string | null;
  /** Nobody but its owner sees it. */
  readonly isPrivate: boolean;
  readonly memberCount: number;
}

const COLUMNS = `list.id, list.owner_id AS "ownerId", list.name, list.description, list.is_private AS "isPrivate",
  list.member_count AS "memberCount"`;

// Scalar subqueries are probes of primary keys. Signed out, $1 is null, owns nothing and follows nobody.
const getShownStatement = statement(
  'social-graph.getShownListsByIds',
  `SELECT ${COLUMNS} FROM social_graph.lists AS list
   WHERE list.id = ANY($2::bigint[]) AND (list.owner_id = $1::bigint OR NOT list.is_private AND (
     (SELECT is_protected FROM social_graph.accounts WHERE id = list.owner_id) IS NOT TRUE
     OR (SELECT true FROM social_graph.follows WHERE follower_id = $1 AND followee_id = list.owner_id)))`,
);

const getStatement = statement(
  'social-graph.getList',
  `SELECT ${COLUMNS} FROM social_graph.lists AS list WHERE list.id = $1`,
);

const countStatement = statement(
  'social-graph.countLists',
  'SELECT count(*)::int AS number FROM social_graph.lists WHERE owner_id = $1',
);

const addStatement = statement(
  'social-graph.addList',
  'INSERT INTO social_graph.lists (id, owner_id, name, description, is_private) VALUES ($1, $2, $3, $4, $5)',
);

const changeStatement = statement(
  'social-graph.changeList',
  'UPDATE social_graph.lists SET name = $2, description = $3, is_private = $4 WHERE id = $1',
);

const removeStatement = statement(
  'social-graph.removeList',
  `WITH members AS (DELETE FROM social_graph.list_members WHERE list_id = $1)
   DELETE FROM social_graph.lists WHERE id = $1`,
);

/** Those of the lists that the viewer (null: signed out) may see: a private one is its owner's, a protected account's its followers'. */
export async function getShownListsByIds(
  database: Queryable,
  viewerId: string | null,
  ids: readonly string[],
): Promise<AccountList[]> {
  return database.query(getShownStatement, [viewerId, ids]);
}

/** Whoever may see it. */
export async function getList(database: Queryable, id: string): Promise<AccountList | undefined> {
  const [row] = await database.query<AccountList>(getStatement, [id]);
  return row;
}

/** How many lists an account has made. */
export async function countLists(database: Queryable, ownerId: string): Promise<number> {
  const [row] = await database.query<{ number: number }>(countStatement, [ownerId]);
  return row?.number ?? 0;
}

export async function addList(transaction: Queryable, list: Omit<AccountList, 'memberCount'>): Promise<void> {
  await transaction.query(addStatement, [list.id, list.ownerId, list.name, list.description, list.isPrivate]);
}

export async function changeList(
  transaction: Queryable,
  { id, name, description, isPrivate }: Pick<AccountList, 'id' | 'name' | 'description' | 'isPrivate'>,
): Promise<void> {
  await transaction.query(changeStatement, [id, name, description, isPrivate]);
}

/** With its members. */
export async function removeList(transaction: Queryable, id: string): Promise<void> {
  await transaction.query(removeStatement, [id]);
}
