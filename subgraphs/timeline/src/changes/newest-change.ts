import { type Queryable, statement } from '@starling/platform/postgres';

/** SQL: the number of the newest change of any entry. */
export const NEWEST_CHANGE = 'coalesce((SELECT max(change) FROM timeline.entries), 0)';
/** SQL: what is visible is on disk. */
export const IS_DURABLE = 'pg_current_wal_insert_lsn() <= pg_current_wal_flush_lsn()';

const getNewestChange = statement(
  'timeline.getNewestChange',
  `SELECT ${NEWEST_CHANGE} AS newest, ${IS_DURABLE} AS durable`,
);

const lookForChanges = statement(
  'timeline.lookForChanges',
  'SELECT coalesce((SELECT max(change) FROM timeline.entries), 0) AS newest',
);

// A transaction that writes something waits until the log up to it is on disk.
const makeDurableStatement = statement('timeline.makeDurable', `SELECT pg_logical_emit_message(true, 'starling', '')`);

/**
 * Lets no crash of the database take back what has been read from it before. Copies are committed without a wait for the
 * disk: what a crash undid is copied again, and its numbers may then be given to other changes. Whoever remembers a number,
 * a reader's cursor, a tail's place or the version of a cached timeline, must not meet it a second time.
 */
export async function makeDurable(database: Queryable): Promise<void> {
  await database.query(makeDurableStatement);
}

/** The number of the newest change for who looks only, or forgets the number once the database was interrupted: nothing waits for the disk. */
export async function lookForNewestChange(database: Queryable): Promise<bigint> {
  const [row] = await database.query<{ newest: string }>(lookForChanges);
  return BigInt(row?.newest ?? 0);
}

/** The number of the newest change, as one to remember: see `makeDurable`. */
export async function newestChange(database: Queryable): Promise<bigint> {
  const [row] = await database.query<{ newest: string; durable: boolean }>(getNewestChange);
  if (row && !row.durable) await makeDurable(database);
  return BigInt(row?.newest ?? 0);
}
