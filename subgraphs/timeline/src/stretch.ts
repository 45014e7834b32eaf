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

/** The visible rows of a stretch, in the order of reading. */
export interface Found<Row> {
  readonly rows: Row[];
  /** Where reading gave up on hidden rows before it had what was wanted: what lies beyond has not been looked at. */
  readonly stoppedAt?: bigint | undefined;
}

export type ReadStretch<Row> = (stretch: Stretch) => Promise<Found<Row>>;

/** A page. `end` is where reading gave up on filling it: the list goes on there. */
export interface StretchPage<Row> extends Page<Row> {
  readonly end?: bigint | undefined;
}

/**
 * A page whose `hasNextPage` and `hasPreviousPage` are both looked up, not guessed: at the side where the request began,
 * one visible row at or beyond its cursor is looked for. Where reading gives up, the list is taken to go on.
 */
export async function readExactPage<Row>(
  request: PageRequest<string[]>,
  read: ReadStretch<Row>,
): Promise<StretchPage<Row>> {
  const isAny = async (stretch: Omit<Stretch, 'limit'>) => {
    const { rows, stoppedAt } = await read({ ...stretch, limit: 1 });
    return rows.length > 0 || stoppedAt !== undefined;
  };
  const after = request.after?.[0] === undefined ? undefined : BigInt(request.after[0]);
  const before = request.before?.[0] === undefined ? undefined : BigInt(request.before[0]);
  const newerThanRange = async () =>
    after !== undefined && (await isAny({ direction: 'newer', from: after - 1n, to: NEWEST }));
  const olderThanRange = async () =>
    before !== undefined &&
    (await isAny({ direction: 'older', from: before < NEWEST ? before + 1n : NEWEST, to: OLDEST }));

  const forward = request.direction === 'forward';
  const limit = request.limit + 1;
  const [found, behind] = await Promise.all([
    forward
      ? read({ direction: 'older', from: after ?? NEWEST, to: before ?? OLDEST, limit })
      : read({ direction: 'newer', from: before ?? OLDEST, to: after ?? NEWEST, limit }),
    forward ? newerThanRange() : olderThanRange(),
  ]);
  const rows = found.rows.slice(0, request.limit);
  const end = found.stoppedAt;
  const more =
    found.rows.length > request.limit ||
    end !== undefined ||
    (forward ? await olderThanRange() : await newerThanRange());
  return forward
    ? { rows, hasNextPage: more, hasPreviousPage: behind, end }
    : { rows: rows.reverse(), hasNextPage: behind, hasPreviousPage: more, end };
}
