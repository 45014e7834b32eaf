import { IS_DURABLE, makeDurable, type Queryable, statement } from '@starling/platform/postgres';

/** SQL: the number of the newest change of any entry. */
export const NEWEST_CHANGE = 'coalesce((SELECT max(change) FROM timeline.entries), 0)';
const getNewestChange = statement(
  'timeline.getNewestChange',
  `SELECT ${NEWEST_CHANGE} AS newest, ${IS_DURABLE} AS durable`,
);

const lookForChanges = statement(
  'timeline.lookForChanges',
  'SELECT coalesce((SELECT max(change) FROM timeline.entries), 0) AS newest',
);

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
