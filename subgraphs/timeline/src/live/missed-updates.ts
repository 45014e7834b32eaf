import { atMost } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import { type HomeChange, listMissedChanges } from '../changes/readers.ts';

/** Updates that are made good to one reader, at most. */
export const MOST_MISSED_UPDATES = 1_000;
/** Changes of all homes that are looked through for it, at most. */
export const LONGEST_LOOK_BACK = 50_000;
/** After a restart everybody comes back at once: most of the database's connections stay free for other work. */
export const READERS_AT_ONCE = 3;

/**
 * What happened in one viewer's home beyond one change and up to another, as far as it is still to be seen. The entries
 * themselves are the log it is read from. Undefined when it is too much to be made good.
 */
export type MissedUpdates = (viewerId: string, after: bigint, upTo: bigint) => Promise<HomeChange[] | undefined>;

export function missedUpdates(database: Database): MissedUpdates {
  const inTurn = atMost(READERS_AT_ONCE);
  return async (viewerId, after, upTo) => {
    if (upTo - after > LONGEST_LOOK_BACK) return undefined;
    const changes = await inTurn(() => listMissedChanges(database, { after, upTo }, viewerId, MOST_MISSED_UPDATES + 1));
    return changes.length > MOST_MISSED_UPDATES ? undefined : changes;
  };
}
