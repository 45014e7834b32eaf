import type { NumberRange } from '@starling/platform/live';
import { type Database, statement } from '@starling/platform/postgres';
import { newestChange } from './newest-change.ts';

const CHANGES_PER_BATCH = 500;

/** Changes of entries, by their numbers. */
export type ChangeRange = NumberRange;

export interface ChangeTailOptions {
  readonly database: Database;
  /** Told that the changes are fewer than were delivered: the database is an earlier one, and the tail begins anew there. */
  readonly lost?: (newest: bigint) => Promise<void>;
  /** Whom changes are delivered to: asked anew for each batch, after the batch's end is known. */
  readonly listViewers: () => Promise<readonly string[]>;
  readonly deliver: (range: ChangeRange, viewers: readonly string[]) => Promise<void>;
}

/** Follows the changes of entries in the order of their numbers, from the newest one at the start. */
export interface ChangeTail {
  /** Every change up to this number has been delivered to whoever was there to get it. */
  readonly position: bigint;
  start(): Promise<void>;
  /** Delivers everything there is. One call at a time. A failure leaves the position where the last good batch ended. */
  drain(): Promise<void>;
}

const getEndOfBatch = statement(
  'timeline.getEndOfChangeBatch',
  `SELECT max(change) AS "upTo" FROM (
     SELECT change FROM timeline.entries WHERE change > $1::bigint AND change <= $2::bigint ORDER BY change LIMIT ${CHANGES_PER_BATCH}
   ) batch`,
);

export function changeTail(options: ChangeTailOptions): ChangeTail {
  const { database, listViewers, deliver, lost = async () => {} } = options;
  let position = 0n;

  return {
    get position() {
      return position;
    },
    async start() {
      position = await newestChange(database);
    },
    async drain() {
      for (;;) {
        const newest = await newestChange(database);
        if (newest < position) {
          position = newest;
          await lost(newest);
        }
        if (newest === position) return;
        // Whoever comes after the list was made reads a source that holds these changes already.
        if ((await listViewers()).length === 0) {
          position = newest;
          return;
        }
        const [batch] = await database.query<{ upTo: string | null }>(getEndOfBatch, [position, newest]);
        const upTo = batch?.upTo == null ? newest : BigInt(batch.upTo);
        await deliver({ after: position, upTo }, await listViewers());
        position = upTo;
      }
    },
  };
}
