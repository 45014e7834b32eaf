import { type Queryable, statement } from '@starling/platform/postgres';
import { NEWEST_CHANGE } from '../changes/newest-change.ts';
import { type EntryRow, entryRow, entryRowColumns, type StoredEntryRow } from './entry-rows.ts';
import type { ViewerFacts } from './viewer-facts.ts';

/** Entries that are read together, at most: more than these are merged by SQL. */
const MOST_ENTRIES = 500;

interface NewestEntry {
  readonly change: bigint;
  readonly row: EntryRow;
}

/** The newest changes of entries, those that fan-out may not have delivered; all of one moment. */
export interface NewestEntries {
  /** The number of the newest change of any entry. */
  readonly newestChange: bigint;
  /** What was changed beyond this change is in `entries`. */
  readonly completeBeyond: bigint;
  /** In the order of their changes. */
  readonly entries: readonly NewestEntry[];
}

const listNewestEntriesStatement = statement(
  'timeline.listNewestEntries',
  `SELECT newest.change AS newest, fresh.*
   FROM (SELECT ${NEWEST_CHANGE} AS change) newest LEFT JOIN LATERAL (
     SELECT e.change, ${entryRowColumns('e')}
     FROM timeline.entries e
     WHERE e.change > $1::bigint AND e.change <= newest.change ORDER BY e.change LIMIT ${MOST_ENTRIES + 1}
   ) fresh ON true
   ORDER BY fresh.change`,
);

type NewestRow = { readonly newest: string } & ((StoredEntryRow & { readonly change: string }) | { readonly id: null });

/** The entries that were changed beyond `after`; none of them when they are too many. */
export async function listNewestEntries(database: Queryable, after: bigint): Promise<NewestEntries> {
  const rows = await database.query<NewestRow>(listNewestEntriesStatement, [after]);
  const newestChange = BigInt(rows[0]?.newest ?? 0);
  if (rows.length > MOST_ENTRIES) return { newestChange, completeBeyond: newestChange, entries: [] };
  const entries = rows.flatMap((row) => {
    if (row.id === null) return [];
    const { change, ...stored } = row;
    return [{ change: BigInt(change), row: entryRow(stored) }];
  });
  return { newestChange, completeBeyond: after, entries };
}

const NO_IDS = new BigInt64Array();

/**
 * What was changed beyond `delivered` by the viewer and by accounts followed, newest first, without what is deleted.
 * Undefined when it is not known.
 */
export function changedBeyond(
  delivered: bigint,
  { newestChange, completeBeyond, entries }: NewestEntries,
  facts: ViewerFacts,
): BigInt64Array | undefined {
  if (newestChange <= delivered) return NO_IDS;
  if (delivered < completeBeyond) return undefined;
  const ids = entries.flatMap(({ change, row: { id, isDeleted, actorHigh, actorLow } }) =>
    change > delivered && !isDeleted && facts.circle.has(actorHigh, actorLow) ? [BigInt(id)] : [],
  );
  return BigInt64Array.from(ids).sort().reverse();
}
