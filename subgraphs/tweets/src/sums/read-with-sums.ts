import type { AddedBeyond, Belief, Beyond } from '../count-store.ts';
import type { CountSums, HeldSums, SumsBySubject } from './count-sums.ts';

/** Times that sums are read for an answer: once, unless they are made anew in that moment or events were sent again. */
const ATTEMPTS = 4;

export interface SummedReads<Row, Found extends Row & Belief & AddedBeyond> {
  readonly subjectOf: (id: string) => string;
  /** From the rows and the events beyond what is asked about; from the rows and all that is not counted in them where that is over. */
  readonly getBeyond: (ids: readonly string[], beyond: Beyond) => Promise<Found[]>;
  readonly getRows: (ids: readonly string[]) => Promise<Row[]>;
  readonly withSums: (row: Found, sums: SumsBySubject) => Row;
}

/**
 * Rows, the sums of what is not counted in them, and the events beyond the sums: together the counts as the one statement that
 * reads the first and the last sees them. Without sums, or with those of another state of the rows, the statement does without.
 */
export async function readWithSums<Row, Found extends Row & Belief & AddedBeyond>(
  sums: CountSums,
  ids: readonly string[],
  { subjectOf, getBeyond, getRows, withSums }: SummedReads<Row, Found>,
): Promise<Row[]> {
  let held: HeldSums | undefined;
  let known: readonly string[] = [];
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const at = held ?? (await sums.read(ids.map(subjectOf)));
    if (!at) break;
    const rows = await getBeyond(ids, { ...at, known });
    if (rows.some(({ isSame, isBehind }) => !isSame || isBehind)) return rows;
    const eventIds = [...new Set(rows.flatMap((row) => row.eventIds))];
    // What was sent again lies beyond the snapshot, and may be in the sums.
    const inBoth = eventIds.length === 0 ? [] : await sums.known(at, eventIds);
    if (inBoth?.length === 0) return rows.map((row) => withSums(row, at.sums));
    held = inBoth && at;
    known = inBoth ? [...known, ...inBoth] : [];
  }
  return getRows(ids);
}
