import { type Queryable, statement } from './database.ts';

/** SQL: what is visible is on disk. */
export const IS_DURABLE = 'pg_current_wal_insert_lsn() <= pg_current_wal_flush_lsn()';

// A transaction that writes something waits until the log up to it is on disk.
const makeDurableStatement = statement('platform.makeDurable', `SELECT pg_logical_emit_message(true, 'starling', '')`);

/**
 * Lets no crash of the database take back what has been read from it before. Copies are committed without a wait for the
 * disk: what a crash undid is copied again, and its numbers may then be given to other things. Whoever remembers a number,
 * a reader's cursor, a tail's place or the version of a cached timeline, must not meet it a second time.
 */
export async function makeDurable(database: Queryable): Promise<void> {
  await database.query(makeDurableStatement);
}
