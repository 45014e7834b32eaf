import type { HotRows } from '@starling/platform/cache';
import type { EntryRow } from './entry-rows.ts';
import { highOf, lowOf } from './halves.ts';

/** Entries in memory. */
export interface EntryMemory extends HotRows<EntryRow, bigint> {
  /** As `get`, by the halves of its id. */
  find(high: number, low: number): EntryRow | null | undefined;
}

/** There is no such entry. */
interface Absence extends Pick<EntryRow, 'idHigh' | 'idLow'> {
  readonly kind: null;
}

/** A number small enough to be looked up with at once. Few ids share theirs with another: of those, one is kept at a time. */
function placeOf(high: number, low: number): number {
  return Math.imul(high, 0x9e3779b1) ^ low;
}

const placeOfId = (id: bigint) => placeOf(highOf(id), lowOf(id));

/** `rows` keeps them, by their places. */
export function entryMemory(rows: HotRows<EntryRow | Absence, number>): EntryMemory {
  function find(high: number, low: number): EntryRow | null | undefined {
    const row = rows.get(placeOf(high, low));
    if (!row || row.idHigh !== high || row.idLow !== low) return undefined;
    return row.kind === null ? null : row;
  }
  return {
    find,
    get: (id) => find(highOf(id), lowOf(id)),
    beginRead() {
      const reading = rows.beginRead();
      return {
        fill: (id, row) => reading.fill(placeOfId(id), row ?? { idHigh: highOf(id), idLow: lowOf(id), kind: null }),
        end: () => reading.end(),
      };
    },
    forget: (ids) => rows.forget(Array.from(ids, placeOfId)),
    clear: () => rows.clear(),
    get size() {
      return rows.size;
    },
  };
}
