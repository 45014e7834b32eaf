import type { Subgraph } from '@starling/platform/graphql';
import type { Database } from '@starling/platform/postgres';
import { readAuthoritativeHome } from './authoritative-home.ts';
import { readGraphqlHome } from './graphql-home.ts';
import { ImportError } from './import-error.ts';
import { accountId } from './mapping.ts';
import { listNodesByFollowers } from './posts-store.ts';
import type { Progress } from './progress.ts';

export interface HomeDifference {
  readonly username: string;
  /** The first place, from 0, where the two differ. */
  readonly place: number;
  readonly expected: number;
  readonly found: number;
}

export interface CheckReport {
  readonly accounts: number;
  readonly entries: number;
  readonly differences: readonly HomeDifference[];
}

/** Two homes are read at the same moment: one in this process, one in the database. */
const AT_ONCE = 2;

/** Places in a ranking of `size`, evenly from the first to the last, at most `wanted` of them. */
export function spreadPlaces(size: number, wanted: number): number[] {
  if (wanted >= size) return [...Array(size).keys()];
  if (wanted === 1) return [0];
  return Array.from({ length: wanted }, (_, index) => Math.round((index * (size - 1)) / (wanted - 1)));
}

async function compare(database: Database, timeline: Subgraph, node: number) {
  const viewerId = accountId(node);
  const found = await readGraphqlHome(timeline, viewerId);
  const expected = await readAuthoritativeHome(database, viewerId);
  const length = Math.max(found.length, expected.length);
  let place = 0;
  while (place < length && found[place] === expected[place]) place += 1;
  const difference =
    place === length ? undefined : { username: `u${node}`, place, expected: expected.length, found: found.length };
  return { entries: found.length, difference };
}

/**
 * Compares the homes of imported accounts, page after page to the true end, with what one statement over the authoritative
 * tables says. `accounts` of them are taken evenly from the most to the least followed; all when undefined.
 */
export async function checkImport(
  { database, timeline, progress }: { database: Database; timeline: Subgraph; progress: Progress },
  accounts: number | undefined,
): Promise<CheckReport> {
  const nodes = await listNodesByFollowers(database);
  if (nodes.length === 0) throw new ImportError('Nothing has been imported yet.');
  const places = spreadPlaces(nodes.length, accounts ?? nodes.length);
  const phase = progress.phase('Homes compared', places.length);
  const differences: HomeDifference[] = [];
  let entries = 0;
  const waiting = places.values();
  const work = async () => {
    for (const place of waiting) {
      const node = nodes[place] ?? 0;
      let outcome = await compare(database, timeline, node);
      // Between the two readings somebody may have posted: what differs is looked at once more.
      if (outcome.difference) outcome = await compare(database, timeline, node);
      if (outcome.difference) differences.push(outcome.difference);
      entries += outcome.entries;
      phase.add(1);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  phase.end();
  return { accounts: places.length, entries, differences };
}
