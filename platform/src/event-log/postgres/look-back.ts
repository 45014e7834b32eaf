import { type Database, type Queryable, statement } from '../../postgres/database.ts';
import type { Window } from './offset.ts';

/** Transactions take their place in the index as they begin, and are seen as they end. */
const LONGEST_TRANSACTION_MS = 60_000;
const FIRST_LOOK = 1_000;
const LONGEST_LOOK = 1_000_000;

const getEnd = statement(
  'platform.endOfOutbox',
  'select coalesce((select max(position) from platform.outbox), 0) as "end"',
);

// Per topic, the newest rows first by the index, until they are old enough.
const findRecent = statement(
  'platform.findRecent',
  `select count(*)::int as rows, bool_or(old) as reached, min(position) filter (where not old) - 1 as before
   from (
     select position, occurred_at < now() - $2 * interval '1 millisecond' as old from platform.outbox
     where topic = $1 order by transaction_id desc, position desc limit $3
   ) as newest`,
);

interface Recent {
  readonly rows: number;
  readonly reached: boolean | null;
  readonly before: string | null;
}

/** The position before the topic's first event of the last `sinceMs`; null when there is none. */
async function beforeRecent(database: Queryable, topic: string, sinceMs: number): Promise<string | null> {
  for (let limit = FIRST_LOOK; ; limit *= 10) {
    const [row] = await database.query<Recent>(findRecent, [topic, sinceMs, limit]);
    if (!row || row.reached || row.rows < limit || limit >= LONGEST_LOOK) return row?.before ?? null;
  }
}

/** Everything of the last `sinceMs` that is visible in a snapshot, as a window. The snapshot is older than the call. */
export async function lookBack(
  database: Database,
  topics: readonly string[],
  sinceMs: number,
  snapshot: string,
): Promise<Window> {
  const [row] = await database.query<{ end: string }>(getEnd);
  const end = row?.end ?? '0';
  const starts = await Promise.all(
    topics.map((topic) => beforeRecent(database, topic, sinceMs + LONGEST_TRANSACTION_MS)),
  );
  const found = starts.filter((start) => start !== null).map(BigInt);
  const position = found.reduce((least, start) => (start < least ? start : least), BigInt(end));
  return { snapshot, position: position.toString(), end };
}
