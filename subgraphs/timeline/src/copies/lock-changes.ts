import { statement, type Transaction } from '@starling/platform/postgres';

/** SQL: see `lockChanges`. */
export const LOCK_CHANGES = `pg_advisory_xact_lock(hashtext('timeline.entry_changes'))`;

const lockChangesStatement = statement('timeline.lockChanges', `SELECT ${LOCK_CHANGES}`);

/**
 * Held until the end of the transaction, whoever else copies meanwhile: the numbers of `entry_changes` and of
 * `graph_changes` then grow in the order of commits. Taken before the first of them.
 */
export async function lockChanges(transaction: Transaction): Promise<void> {
  await transaction.query(lockChangesStatement);
}
