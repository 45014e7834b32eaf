import { all, type Soon } from '@starling/platform/batching';
import { cutPage, type Page, type PageRequest } from '@starling/platform/pagination';
import type { Direction, Entry, ListPart } from './list-store.ts';

/** A page of a list. `end` is where reading stopped when it gave up on filling the page: the list goes on there. */
export interface EntryPage extends Page<Entry> {
  readonly end?: readonly string[];
}

/** One page of one list. */
export interface PageKey {
  /** The tweet or the account that the list belongs to. */
  readonly ownerId: string;
  readonly request: PageRequest<string[]>;
}

/**
 * How many entries each further round looks at when hidden ones have left a page short: 21,000 in all, in three statements
 * at most. A page that is still short then ends where reading stopped, and says that the list goes on.
 */
const REFILL_ROUNDS = [1_000, 4_000, 16_000] as const;

interface Reading {
  readonly key: PageKey;
  /** Everything between here and where the page begins has been looked at. */
  stoppedAt: readonly string[] | undefined;
  readonly found: Entry[];
  /** The list has nothing more in this direction. */
  hasEnded: boolean;
}

function begin(key: PageKey): Reading {
  const { direction, after, before } = key.request;
  return { key, stoppedAt: direction === 'forward' ? after : before, found: [], hasEnded: false };
}

/** One entry more than the page holds tells that the list goes on. */
const isSettled = ({ key, found, hasEnded }: Reading) => hasEnded || found.length > key.request.limit;

function nextPart({ key: { ownerId, request }, stoppedAt }: Reading): ListPart {
  return request.direction === 'forward'
    ? { ownerId, after: stoppedAt, before: request.before }
    : { ownerId, after: request.after, before: stoppedAt };
}

function finish(reading: Reading): EntryPage {
  const { request } = reading.key;
  const page = cutPage(request, reading.found);
  if (isSettled(reading) || !reading.stoppedAt) return page;
  const way = request.direction === 'forward' ? { hasNextPage: true } : { hasPreviousPage: true };
  return { ...page, ...way, end: reading.stoppedAt };
}

/**
 * Pages of any number of lists, in the order of their keys, with one statement per direction of reading. Hidden entries are
 * left out, and pages that this leaves short are filled up by further rounds, all of them at once.
 */
export async function getPages(
  list: (parts: readonly ListPart[], direction: Direction, size: number) => Promise<Entry[][]>,
  isShown: (entry: Entry) => Soon<boolean>,
  keys: readonly PageKey[],
): Promise<EntryPage[]> {
  const readings = keys.map(begin);
  const readOn = async (direction: Direction, size: number): Promise<void> => {
    const open = readings.filter((reading) => reading.key.request.direction === direction && !isSettled(reading));
    if (open.length === 0) return;
    const entries = await list(open.map(nextPart), direction, size);
    await Promise.all(
      open.map(async (reading, index) => {
        const scanned = entries[index] ?? [];
        const shown = await all(scanned.map(isShown));
        reading.found.push(...scanned.filter((_, place) => shown[place]));
        reading.hasEnded = scanned.length < size;
        reading.stoppedAt = scanned.at(-1)?.position ?? reading.stoppedAt;
      }),
    );
  };
  const first = Math.max(...keys.map(({ request }) => request.limit)) + 1;
  for (const size of [first, ...REFILL_ROUNDS]) {
    await Promise.all([readOn('forward', size), readOn('backward', size)]);
  }
  return readings.map(finish);
}
