import { type Database, type Queryable, statement } from '../../postgres/database.ts';
import { BEGINNING, type Offset, type OffsetStore } from './offset.ts';

/** What was committed just before an interruption may not have been seen before it. */
const AT_LEAST_MS = 60_000;
/** Transactions take their place in the index as they begin, and are seen as they end. */
const LONGEST_TRANSACTION_MS = 60_000;
const FIRST_LOOK = 1_000;
const LONGEST_LOOK = 1_000_000;

const now = statement(
  'platform.currentEnd',
  `select pg_current_snapshot()::text as snapshot, coalesce((select max(position) from platform.outbox), 0) as "end"`,
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

/** An offset with everything recent before it, as one window. */
async function lookBack(database: Database, topics: readonly string[], sinceMs: number): Promise<Offset> {
  const [row] = await database.query<{ snapshot: string; end: string }>(now);
  if (!row) throw new Error('The database has no current snapshot.');
  const { snapshot, end } = row;
  if (sinceMs === 0) return { seen: snapshot, window: null };
  const starts = await Promise.all(
    topics.map((topic) => beforeRecent(database, topic, sinceMs + LONGEST_TRANSACTION_MS)),
  );
  const first = starts.filter((start) => start !== null).map(BigInt);
  const position = first.reduce((least, start) => (start < least ? start : least), BigInt(end));
  return { seen: BEGINNING, window: { snapshot, position: position.toString(), end } };
}

/** An offset of this process alone, beginning at the end of the log, or `lookBackMs` before it. */
export async function memoryOffset(
  database: Database,
  topics: readonly string[],
  lookBackMs: number,
): Promise<OffsetStore> {
  let offset = await lookBack(database, topics, lookBackMs);
  let interruptions = 0;
  let lookedBackAt = 0;
  return {
    seen: () => (interruptions === lookedBackAt ? offset.seen : BEGINNING),
    interrupted() {
      interruptions++;
    },
    async advance(work) {
      if (interruptions !== lookedBackAt) {
        const seenNow = interruptions;
        offset = await lookBack(database, topics, Math.max(lookBackMs, AT_LEAST_MS));
        lookedBackAt = seenNow;
      }
      // There is nothing to lock, so no connection is held while the batch is handled: a handler may wait for another
      // group, which asks its questions on these connections.
      offset = (await work(database, offset)) ?? offset;
    },
  };
}
