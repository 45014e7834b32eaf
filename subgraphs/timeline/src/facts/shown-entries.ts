import type { Soon } from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { EntryMemory } from './entry-memory.ts';
import type { EntryRow } from './entry-rows.ts';
import { Halves } from './halves.ts';
import type { Protection } from './protections.ts';

/** Whether an entry is shown. `isProtected` is asked about whoever may shut the viewer out, whatever it answers. */
export type Rule = (entry: EntryRow, isProtected: (userId: string) => boolean) => boolean;

/** Those of the entries that the rule lets through, in the order given: the first `limit` of them. */
export type ShownEntries = (ids: BigInt64Array, limit: number, rule: Rule) => Soon<EntryRow[]>;

/** `entries` reads through `memory`. */
export function shownEntries(
  memory: Pick<EntryMemory, 'find'>,
  entries: Pick<HotReader<EntryRow, bigint>, 'read'>,
  protections: HotReader<Protection>,
): ShownEntries {
  /** When memory has all that it takes. */
  function shownAtOnce(ids: BigInt64Array, limit: number, rule: Rule): EntryRow[] | undefined {
    let isKnown = true;
    const isProtected = (userId: string) => {
      const known = protections.peek(userId);
      isKnown &&= known != null;
      return known?.isProtected === true;
    };
    const wanted: EntryRow[] = [];
    const halves = new Halves(ids);
    for (let place = 0; place < ids.length && wanted.length < limit; place++) {
      const row = memory.find(halves.highAt(place), halves.lowAt(place));
      if (row === undefined) return undefined;
      if (row && rule(row, isProtected)) wanted.push(row);
      if (!isKnown) return undefined;
    }
    return wanted;
  }

  async function readShown(ids: BigInt64Array, limit: number, rule: Rule): Promise<EntryRow[]> {
    const rows = (await entries.read(Array.from(ids))).filter((row) => row !== null);
    const askedAbout = new Set<string>();
    const ask = (userId: string) => {
      askedAbout.add(userId);
      return false;
    };
    for (const row of rows) rule(row, ask);
    const found = askedAbout.size > 0 ? await protections.read([...askedAbout]) : [];
    const closed = new Set(found.flatMap((row) => (row?.isProtected ? [row.userId] : [])));
    return rows.filter((row) => rule(row, (userId) => closed.has(userId))).slice(0, limit);
  }

  return (ids, limit, rule) => shownAtOnce(ids, limit, rule) ?? readShown(ids, limit, rule);
}
