import type { Entry } from '../entry.ts';
import { type Found, NEWEST, OLDEST, type ReadStretch, type Stretch } from '../stretch.ts';
import { between, newestFirst } from '../timeline-cache/sorted-ids.ts';

/** Entries of the home that stand between two popular ones, at least. */
export const APART = 4;

/** An entry of a home; popular when it is there for that alone. */
export interface HomeEntry extends Entry {
  readonly isPopular?: true;
}

export interface PopularEntry {
  readonly entry: Entry;
  readonly id: bigint;
  /** No two have the same; the best has the lowest. */
  readonly rank: number;
}

/** Those of the tweets that come into the home in another way. */
type BroughtIn = (tweetIds: readonly string[]) => Promise<ReadonlySet<string>>;

/** Where everything of the home is known: strictly between the two. */
interface Reach {
  readonly newer: bigint;
  readonly older: bigint;
}

function reachOf({ direction, from, to, limit }: Stretch, { rows, stoppedAt = to }: Found<Entry>): Reach {
  const last = rows.length === limit ? rows.at(-1) : undefined;
  if (direction === 'older') return { newer: from, older: last ? BigInt(last.id) - 1n : stoppedAt };
  return { older: from, newer: last ? BigInt(last.id) + 1n : stoppedAt };
}

/** The home's entries that are nearest on either side, as many as have to stand between two popular ones. */
async function readAround(readHome: ReadStretch<Entry>, { newer, older }: Reach): Promise<Entry[]> {
  const limit = APART;
  const [above, below] = await Promise.all([
    newer < NEWEST ? readHome({ direction: 'newer', from: newer - 1n, to: NEWEST, limit }) : undefined,
    older > OLDEST ? readHome({ direction: 'older', from: older + 1n, to: OLDEST, limit }) : undefined,
  ]);
  return [...(above?.rows ?? []), ...(below?.rows ?? [])];
}

/** No better one stands nearer than `APART` entries of the home. `popular` is newest first. */
function hasRoom(popular: readonly PopularEntry[], place: number, home: BigInt64Array): boolean {
  const { id, rank } = popular[place] as PopularEntry;
  const isBetter = (other: PopularEntry) => other.rank < rank;
  const newer = popular.slice(0, place).findLast(isBetter);
  const older = popular.slice(place + 1).find(isBetter);
  return (
    (newer === undefined || between(home, newer.id, id).length >= APART) &&
    (older === undefined || between(home, id, older.id).length >= APART)
  );
}

function merge(home: readonly Entry[], popular: readonly PopularEntry[], { direction }: Stretch): HomeEntry[] {
  const there = new Set(home.map(({ id }) => id));
  const added = popular.filter(({ entry }) => !there.has(entry.id));
  const placed = [
    ...home.map((entry) => ({ id: BigInt(entry.id), entry: entry as HomeEntry })),
    ...added.map(({ id, entry }) => ({ id, entry: { ...entry, isPopular: true } as const })),
  ];
  const sign = direction === 'older' ? 1 : -1;
  return placed.sort((a, b) => (a.id < b.id ? sign : -sign)).map(({ entry }) => entry);
}

/**
 * The home with what is popular in between, everything in the order of ids. A popular tweet stands where no better one stands
 * within `APART` entries of the home: that depends on what is next to it alone, so the list is the same read from anywhere, in
 * either direction, and new entries above change nothing below them.
 *
 * `popular` is newest first, and holds what the viewer may see and nobody whom the viewer follows has written.
 */
export function mixPopular(
  readHome: ReadStretch<Entry>,
  popular: readonly PopularEntry[],
  broughtIn: BroughtIn,
): ReadStretch<HomeEntry> {
  return async (stretch) => {
    const found = await readHome(stretch);
    const reach = reachOf(stretch, found);
    const places = popular.flatMap(({ id }, place) => (id < reach.newer && id > reach.older ? [place] : []));
    if (places.length === 0) return found;
    const around = await readAround(readHome, reach);
    const home = newestFirst([...found.rows, ...around].map(({ id }) => BigInt(id)));
    const standing = places
      .filter((place) => hasRoom(popular, place, home))
      .map((place) => popular[place] as PopularEntry);
    if (standing.length === 0) return found;
    const elsewhere = await broughtIn(standing.map(({ entry }) => entry.tweetId));
    const rows = merge(
      found.rows,
      standing.filter(({ entry }) => !elsewhere.has(entry.tweetId)),
      stretch,
    );
    return rows.length < stretch.limit ? { ...found, rows } : { rows: rows.slice(0, stretch.limit) };
  };
}
