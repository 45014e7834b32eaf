import type { Entry } from './entry.ts';
import type { Found, Stretch } from './stretch.ts';

/** An entry that was looked at, and whether it is `wanted`. */
export interface Candidate extends Entry {
  readonly wanted: boolean;
}

/** Entries that one statement looks at, at most. */
export const LARGEST_ROUND = 800;
/** Rounds of reading for one stretch: more than 20,000 entries are looked at. */
const MOST_ROUNDS = 30;

/** The first round looks at twice as many as are wanted, each further one at twice as many again. */
export function roundSize(wanted: number, round: number): number {
  return Math.min(LARGEST_ROUND, (2 * wanted + 20) * 2 ** round);
}

/**
 * Reads what is wanted of a stretch in rounds of bounded size, until it is full, has truly ended, or the last round found too
 * little. `list` answers fewer candidates than it was asked for only where the stretch has no more.
 */
export async function readInRounds(
  list: (round: Stretch) => Promise<readonly Candidate[]>,
  { direction, from, to, limit }: Stretch,
): Promise<Found<Entry>> {
  const rows: Entry[] = [];
  let place = from;
  for (let round = 0; rows.length < limit; round++) {
    if (round === MOST_ROUNDS) return { rows, stoppedAt: place };
    const size = roundSize(limit, round);
    const candidates = await list({ direction, from: place, to, limit: size });
    rows.push(...candidates.filter(({ wanted }) => wanted));
    if (candidates.length < size) break;
    place = BigInt((candidates.at(-1) as Entry).id);
  }
  return { rows: rows.slice(0, limit) };
}
