import { type Queryable, statement } from '@starling/platform/postgres';

const addBlockStatement = statement(
  'social-graph.addBlock',
  `INSERT INTO social_graph.blocks (blocker_id, blocked_id) VALUES ($1, $2)
   ON CONFLICT DO NOTHING RETURNING blocked_id`,
);

const removeBlockStatement = statement(
  'social-graph.removeBlock',
  'DELETE FROM social_graph.blocks WHERE blocker_id = $1 AND blocked_id = $2 RETURNING blocked_id',
);

const isBlockBetweenStatement = statement(
  'social-graph.isBlockBetween',
  `SELECT 1 AS found FROM social_graph.blocks
   WHERE (blocker_id, blocked_id) IN (($1::bigint, $2::bigint), ($2::bigint, $1::bigint)) LIMIT 1`,
);

/** True when the block is new. */
export async function addBlock(database: Queryable, blockerId: string, blockedId: string): Promise<boolean> {
  return (await database.query(addBlockStatement, [blockerId, blockedId])).length > 0;
}

/** True when there was such a block. */
export async function removeBlock(database: Queryable, blockerId: string, blockedId: string): Promise<boolean> {
  return (await database.query(removeBlockStatement, [blockerId, blockedId])).length > 0;
}

/** Whether either blocks the other. */
export async function isBlockBetween(database: Queryable, a: string, b: string): Promise<boolean> {
  return (await database.query(isBlockBetweenStatement, [a, b])).length > 0;
}
