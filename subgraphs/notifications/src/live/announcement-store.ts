import type { NumberRange } from '@starling/platform/live';
import { type Database, IS_DURABLE, makeDurable, type Queryable, statement } from '@starling/platform/postgres';
import { isOpen, isWanted } from '../visibility/permitted.ts';

/** A notification that its recipient is told of. */
export interface Announcement {
  readonly viewerId: string;
  /** Its number: announcements come in its order. */
  readonly announced: string;
}

const isTold = `${isWanted('e', 'IN_APP')} AND ${isOpen('e')}`;
const COLUMNS = 'e.recipient_id AS "viewerId", e.announced';

const newestStatement = statement(
  'notifications.getNewestAnnouncement',
  `SELECT coalesce((SELECT max(announced) FROM notifications.entries), 0) AS newest,
     ${IS_DURABLE} AS durable`,
);

const endOfBatchStatement = statement(
  'notifications.getEndOfBatch',
  `SELECT max(announced) AS "upTo" FROM (
     SELECT announced FROM notifications.entries WHERE announced > $1::bigint AND announced <= $2::bigint
     ORDER BY announced LIMIT 500) batch`,
);

const listStatement = statement(
  'notifications.listAnnouncements',
  `SELECT ${COLUMNS} FROM notifications.entries e
   WHERE e.announced > $1::bigint AND e.announced <= $2::bigint AND e.recipient_id = ANY($3::bigint[]) AND ${isTold}
   ORDER BY e.announced`,
);

const listMissedStatement = statement(
  'notifications.listMissedAnnouncements',
  `SELECT ${COLUMNS} FROM notifications.entries e
   WHERE e.recipient_id = $1::bigint AND e.announced > $2::bigint AND e.announced <= $3::bigint AND ${isTold}
   ORDER BY e.announced LIMIT $4::int`,
);

const isToldStatement = statement(
  'notifications.isTold',
  `SELECT EXISTS (
     SELECT FROM notifications.entries e WHERE e.announced = $2::bigint AND e.recipient_id = $1::bigint AND ${isTold}) AS told`,
);

/** The number of the newest announcement, as one to remember: see `makeDurable`. */
export async function newestAnnouncement(database: Queryable): Promise<bigint> {
  const [row] = await database.query<{ newest: string; durable: boolean }>(newestStatement);
  if (row && !row.durable) await makeDurable(database);
  return BigInt(row?.newest ?? 0);
}

/** Where a batch of announcements in this range ends. */
export async function endOfBatch(database: Queryable, { after, upTo }: NumberRange): Promise<bigint> {
  const [batch] = await database.query<{ upTo: string | null }>(endOfBatchStatement, [after, upTo]);
  return batch?.upTo == null ? upTo : BigInt(batch.upTo);
}

/** The range's announcements to these viewers that are shown at this moment. */
export async function listAnnouncements(
  database: Queryable,
  { after, upTo }: NumberRange,
  viewerIds: readonly string[],
): Promise<Announcement[]> {
  return database.query(listStatement, [after, upTo, viewerIds]);
}

/** The same for one viewer, who may have been away for long: the first `limit` of them. */
export async function listMissedAnnouncements(
  database: Queryable,
  { after, upTo }: NumberRange,
  viewerId: string,
  limit: number,
): Promise<Announcement[]> {
  return database.query(listMissedStatement, [viewerId, after, upTo, limit]);
}

/** Whether the notification that was announced to the viewer is shown at this moment. */
export async function isStillTold(database: Database, viewerId: string, announced: string): Promise<boolean> {
  const [row] = await database.query<{ told: boolean }>(isToldStatement, [viewerId, announced]);
  return row?.told === true;
}
