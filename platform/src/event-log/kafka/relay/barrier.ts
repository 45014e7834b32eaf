import { type Queryable, statement } from '../../../postgres/database.ts';
import { parseLsn } from '../lsn.ts';

/** The prefix of messages in the write-ahead log that only say: what was committed before has come before. */
export const BARRIER = 'starling.barrier';

export interface Barrier {
  /** Whatever was committed before the question lies before this place. */
  readonly lsn: bigint;
  /** A snapshot in which nothing is visible that was committed beyond the place. */
  readonly seen: string;
}

// The place is read before the message is written, and the message is written to disk at once: it reaches the relay
// even when everybody else has left it to PostgreSQL when to write.
const raise = statement(
  'platform.raiseBarrier',
  `with here as materialized (
     select pg_current_wal_insert_lsn()::text as lsn, pg_current_snapshot()::text as seen
   )
   select lsn, seen, pg_logical_emit_message(false, $1, '', true) from here`,
);

/** Writes a barrier: the relay has sent everything that was committed before the call once it has come past `lsn`. */
export async function raiseBarrier(database: Queryable): Promise<Barrier> {
  const [row] = await database.query<{ lsn: string; seen: string }>(raise, [BARRIER]);
  if (!row) throw new Error('The database has no place in its log.');
  return { lsn: parseLsn(row.lsn), seen: row.seen };
}
