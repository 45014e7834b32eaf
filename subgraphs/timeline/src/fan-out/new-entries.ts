import { IS_DURABLE, type Queryable, statement } from '@starling/platform/postgres';
import { NEWEST_CHANGE } from '../changes/newest-change.ts';

/** Entries that are delivered together, at most. */
export const ENTRIES_PER_BATCH = 500;
/** Followers that are delivered to together, about: an entry whose author has more is delivered in pages of as many. */
export const FOLLOWERS_PER_PAGE = 2_500;

export interface NewEntry {
  readonly id: string;
  readonly change: string;
  readonly actorId: string;
  readonly isDeleted: boolean;
  /** Readers find it by themselves. */
  readonly isPulled: boolean;
  readonly followers: number;
}

export interface NewEntries {
  /** The number of the newest change of any entry. */
  readonly newest: bigint;
  /** Whether no crash of the database can take it back. */
  readonly isDurable: boolean;
  /** The first of them, in the order of their changes. */
  readonly entries: readonly NewEntry[];
}

const listNewEntriesStatement = statement(
  'timeline.listNewEntries',
  `SELECT newest.change AS newest, ${IS_DURABLE} AS durable, fresh.*
   FROM (SELECT ${NEWEST_CHANGE} AS change) newest LEFT JOIN LATERAL (
     SELECT e.id, e.change, e.actor_id AS "actorId", e.deleted AS "isDeleted",
       coalesce(m.is_pulled, false) AS "isPulled", coalesce(c.followers, 0)::float8 AS followers
     FROM timeline.entries e
     LEFT JOIN timeline.pull_marks m ON m.user_id = e.actor_id
     LEFT JOIN timeline.follower_counts c ON c.user_id = e.actor_id
     WHERE e.change > $1::bigint AND e.change <= newest.change ORDER BY e.change LIMIT ${ENTRIES_PER_BATCH}
   ) fresh ON true
   ORDER BY fresh.change`,
);

type NewEntryRow = { readonly newest: string; readonly durable: boolean } & (NewEntry | { readonly id: null });

/**
 * The first batch of changes beyond `after`. It ends where its followers would be more than a page has, unless the first
 * entry alone has more.
 */
export async function listNewEntries(database: Queryable, after: bigint): Promise<NewEntries> {
  const rows = await database.query<NewEntryRow>(listNewEntriesStatement, [after]);
  const entries = rows.flatMap((row) => (row.id === null ? [] : [row]));
  let followers = 0;
  const end = entries.findIndex((entry, index) => {
    followers += entry.isPulled || entry.isDeleted ? 0 : entry.followers;
    return index > 0 && followers > FOLLOWERS_PER_PAGE;
  });
  return {
    newest: BigInt(rows[0]?.newest ?? 0),
    isDurable: rows[0]?.durable === true,
    entries: end === -1 ? entries : entries.slice(0, end),
  };
}
