import { cutPage, type Page, type PageRequest } from '@starling/platform/pagination';
import type { Entry, ListEntries, ListPart } from './list-store.ts';

/** A page of accounts. `end` is where reading stopped when it gave up on filling the page: the list goes on there. */
export interface AccountPage extends Page<Entry> {
  readonly end?: string;
}

/** One page of one account's list. */
export interface PageKey {
  readonly userId: string;
  readonly request: PageRequest<string[]>;
}

/**
 * How many entries each further round looks at when hidden ones have left a page short: 21,000 in all, in three statements
 * at most. A page that is still short then ends where reading stopped, and says that the list goes on.
 */
const REFILL_ROUNDS = [1_000, 4_000, 16_000] as const;

const NEWEST = '9223372036854775807';
const OLDEST = '0';

interface Reading {
  readonly key: PageKey;
  /** Everything between here and where the page begins has been looked at. */
  stoppedAt: string;
  readonly found: Entry[];
  /** The list has nothing more in this direction. */
  ended: boolean;
}

function begin(key: PageKey): Reading {
  const { after, before, direction } = key.request;
  const stoppedAt = direction === 'forward' ? (after?.[0] ?? NEWEST) : (before?.[0] ?? OLDEST);
  return { key, stoppedAt, found: [], ended: false };
}

/** One entry more than the page holds tells that the list goes on. */
const isSettled = ({ key, found, ended }: Reading) => ended || found.length > key.request.limit;

function nextPart({ key, stoppedAt }: Reading): ListPart {
  const { after, before, direction } = key.request;
  return direction === 'forward'
    ? { userId: key.userId, below: stoppedAt, above: before?.[0] ?? OLDEST }
    : { userId: key.userId, below: after?.[0] ?? NEWEST, above: stoppedAt };
}

async function readOn(list: ListEntries, readings: readonly Reading[], size: number): Promise<void> {
  for (const direction of ['forward', 'backward'] as const) {
    const open = readings.filter((reading) => reading.key.request.direction === direction && !isSettled(reading));
    if (open.length === 0) continue;
    const entries = await list(open.map(nextPart), direction, size);
    for (const [index, reading] of open.entries()) {
      const scanned = entries[index] ?? [];
      reading.ended = scanned.length < size;
      reading.stoppedAt = scanned.at(-1)?.position ?? reading.stoppedAt;
      reading.found.push(...scanned.filter(({ isHidden }) => !isHidden));
    }
  }
}

function finish(reading: Reading): AccountPage {
  const { request } = reading.key;
  const page = cutPage(request, reading.found);
  if (isSettled(reading)) return page;
  const way = request.direction === 'forward' ? { hasNextPage: true } : { hasPreviousPage: true };
  return { ...page, ...way, end: reading.stoppedAt };
}

/**
 * Pages of any number of accounts' lists, in the order of their keys, with one statement per direction of reading. Hidden
 * entries are left out, and pages that this leaves short are filled up by further rounds, all of them at once.
 */
export async function getPages(list: ListEntries, keys: readonly PageKey[]): Promise<AccountPage[]> {
  const readings = keys.map(begin);
  const first = Math.max(...keys.map(({ request }) => request.limit)) + 1;
  for (const size of [first, ...REFILL_ROUNDS]) await readOn(list, readings, size);
  return readings.map(finish);
}
