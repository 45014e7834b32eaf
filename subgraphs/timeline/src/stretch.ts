import { after, all, type Soon } from '@starling/platform/batching';
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

export type ReadStretch<Row> = (stretch: Stretch) => Soon<Found<Row>>;

/** A page. `end` is where reading gave up on filling it: the list goes on there. */
export interface StretchPage<Row> extends Page<Row> {
  readonly end?: bigint | undefined;
}

function isAny<Row>(read: ReadStretch<Row>, direction: Stretch['direction'], from: bigint): Soon<boolean> {
  const stretch = { direction, from, to: direction === 'newer' ? NEWEST : OLDEST, limit: 1 };
  return after(read(stretch), ({ rows, stoppedAt }) => rows.length > 0 || stoppedAt !== undefined);
}

/** At the place or above it. */
function isAnyFrom<Row>(read: ReadStretch<Row>, place: bigint | undefined): Soon<boolean> {
  return place !== undefined && isAny(read, 'newer', place - 1n);
}

/** At the place or below it. */
function isAnyTo<Row>(read: ReadStretch<Row>, place: bigint | undefined): Soon<boolean> {
  return place !== undefined && isAny(read, 'older', place < NEWEST ? place + 1n : NEWEST);
}

const placeOf = (position: readonly string[] | undefined) =>
  position?.[0] === undefined ? undefined : BigInt(position[0]);

/**
 * A page whose `hasNextPage` and `hasPreviousPage` are both looked up, not guessed: at the side where the request began,
 * one visible row at or beyond its cursor is looked for. Where reading gives up, the list is taken to go on.
 */
export function readExactPage<Row>(request: PageRequest<string[]>, read: ReadStretch<Row>): Soon<StretchPage<Row>> {
  const newest = placeOf(request.after);
  const oldest = placeOf(request.before);
  const forward = request.direction === 'forward';
  const limit = request.limit + 1;
  const found = forward
    ? read({ direction: 'older', from: newest ?? NEWEST, to: oldest ?? OLDEST, limit })
    : read({ direction: 'newer', from: oldest ?? OLDEST, to: newest ?? NEWEST, limit });
  const behind = forward ? isAnyFrom(read, newest) : isAnyTo(read, oldest);
  return after(all([found, behind]), ([{ rows, stoppedAt: end }, behind]) => {
    const isFull = rows.length > request.limit || end !== undefined;
    const beyond = isFull || (forward ? isAnyTo(read, oldest) : isAnyFrom(read, newest));
    const page = rows.slice(0, request.limit);
    return after(beyond, (beyond) =>
      forward
        ? { rows: page, hasNextPage: beyond, hasPreviousPage: behind, end }
        : { rows: page.reverse(), hasNextPage: behind, hasPreviousPage: beyond, end },
    );
  });
}
