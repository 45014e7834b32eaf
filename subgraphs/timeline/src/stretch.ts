import type { Page, PageRequest } from '@starling/platform/pagination';

/** Beyond every place of a list: no id is as large, and none as small. */
export const NEWEST = (1n << 63n) - 1n;
export const OLDEST = 0n;

/** A part of a list that is ordered by places, newest first: what lies strictly between `from` and `to`, read from `from` on. */
export interface Stretch {
  /** `older` reads down from `from`, `newer` up. */
  readonly direction: 'older' | 'newer';
  readonly from: bigint;
  readonly to: bigint;
  /** Rows wanted: fewer come only when the stretch has no more. */
  readonly limit: number;
}

/** Reads the visible rows of a stretch, in the order of reading. */
export type ReadStretch<Row> = (stretch: Stretch) => Promise<Row[]>;

/**
 * A page whose `hasNextPage` and `hasPreviousPage` are both looked up, not guessed: at the side where the request began,
 * one visible row at or beyond its cursor is looked for.
 */
export async function readExactPage<Row>(request: PageRequest<string[]>, read: ReadStretch<Row>): Promise<Page<Row>> {
  const after = request.after?.[0] === undefined ? undefined : BigInt(request.after[0]);
  const before = request.before?.[0] === undefined ? undefined : BigInt(request.before[0]);
  const newerThanRange = async () =>
    after !== undefined && (await read({ direction: 'newer', from: after - 1n, to: NEWEST, limit: 1 })).length > 0;
  const olderThanRange = async () =>
    before !== undefined &&
    (await read({ direction: 'older', from: before < NEWEST ? before + 1n : NEWEST, to: OLDEST, limit: 1 })).length > 0;

  const forward = request.direction === 'forward';
  const limit = request.limit + 1;
  const [found, behind] = await Promise.all([
    forward
      ? read({ direction: 'older', from: after ?? NEWEST, to: before ?? OLDEST, limit })
      : read({ direction: 'newer', from: before ?? OLDEST, to: after ?? NEWEST, limit }),
    forward ? newerThanRange() : olderThanRange(),
  ]);
  const rows = found.slice(0, request.limit);
  const more = found.length > request.limit || (forward ? await olderThanRange() : await newerThanRange());
  return forward
    ? { rows, hasNextPage: more, hasPreviousPage: behind }
    : { rows: rows.reverse(), hasNextPage: behind, hasPreviousPage: more };
}
