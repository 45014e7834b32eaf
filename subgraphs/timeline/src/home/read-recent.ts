import { after, type Soon } from '@starling/platform/batching';
import { roundSize } from '../candidate-rounds.ts';
import type { Entry } from '../entry.ts';
import type { Stretch } from '../stretch.ts';
import { between } from '../timeline-cache/sorted-ids.ts';

/** Who knows what stands in one viewer's home. */
export interface Looks {
  /** Those of the entries that stand in the home, newest first: at least the newest `limit` of them. */
  shown(ids: BigInt64Array, limit: number): Soon<Entry[]>;
}

/** Those of the recent entries in the stretch that stand in the home, in the order of reading. `recent` is newest first. */
export function readRecent(
  looks: Looks,
  recent: BigInt64Array,
  { direction, from, to, limit }: Stretch,
): Soon<Entry[]> {
  const descending = direction === 'older';
  function readOn(rest: BigInt64Array, rows: readonly Entry[], round: number): Soon<Entry[]> {
    if (rest.length === 0 || rows.length >= limit) return rows.slice(0, limit);
    const size = Math.min(rest.length, roundSize(limit, round));
    const nearest = descending ? rest.subarray(0, size) : rest.subarray(-size);
    // Upwards the last of them are wanted: nobody knows beforehand which these are.
    return after(looks.shown(nearest, descending ? limit - rows.length : size), (found) =>
      readOn(
        descending ? rest.subarray(size) : rest.subarray(0, -size),
        [...rows, ...(descending ? found : found.reverse())],
        round + 1,
      ),
    );
  }
  return readOn(descending ? between(recent, from, to) : between(recent, to, from), [], 0);
}
