import { type Queryable, statement } from '@starling/platform/postgres';
import type { AccountList } from './account-list-store.ts';

/** Somebody in a list. */
export interface Membership {
  readonly listId: string;
  readonly userId: string;
}

// The count changes with the row or not at all.
const counted = (changed: string, by: string) => `
  UPDATE social_graph.lists AS list SET member_count = member_count + ${by}
  FROM ${changed} WHERE list.id = ${changed}.list_id
  RETURNING list.id`;

const addStatement = statement(
  'social-graph.addListMember',
  `WITH added AS (
     INSERT INTO social_graph.list_members (list_id, user_id, owner_id) VALUES ($1, $2, $3)
     RETURNING list_id
   ) ${counted('added', '1')}`,
);

const removeStatement = statement(
  'social-graph.removeListMember',
  `WITH removed AS (
     DELETE FROM social_graph.list_members WHERE list_id = $1 AND user_id = $2 RETURNING list_id
   ) ${counted('removed', '-1')}`,
);

const isMemberStatement = statement(
  'social-graph.isListMember',
  'SELECT 1 AS found FROM social_graph.list_members WHERE list_id = $1 AND user_id = $2',
);

const listBetweenStatement = statement(
  'social-graph.listMembershipsBetween',
  `SELECT list_id AS "listId", user_id AS "userId" FROM social_graph.list_members
   WHERE owner_id = $1 AND user_id = $2 OR owner_id = $2 AND user_id = $1 ORDER BY list_id`,
);

export async function isMember(database: Queryable, { listId, userId }: Membership): Promise<boolean> {
  return (await database.query(isMemberStatement, [listId, userId])).length > 0;
}

/** Of an account that is no member yet. */
export async function addMember(
  transaction: Queryable,
  { id, ownerId }: Pick<AccountList, 'id' | 'ownerId'>,
  userId: string,
): Promise<void> {
  await transaction.query(addStatement, [id, userId, ownerId]);
}

/** True when the account was in the list. */
export async function removeMember(transaction: Queryable, { listId, userId }: Membership): Promise<boolean> {
  return (await transaction.query(removeStatement, [listId, userId])).length > 0;
}

/** Where either of two accounts is in a list of the other, in the order of lists. */
export async function listMembershipsBetween(transaction: Queryable, a: string, b: string): Promise<Membership[]> {
  return transaction.query(listBetweenStatement, [a, b]);
}
