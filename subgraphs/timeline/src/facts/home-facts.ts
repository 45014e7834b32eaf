import { type Soon, sharedReads } from '@starling/platform/batching';
import { type HotMemory, hotReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import {
  type EntryRow,
  getEntriesByIds,
  getProtectionsByUserIds,
  listEntryIdsOfTweets,
  MOST_ENTRIES_OF_TWEETS,
  type Protection,
} from './entry-rows.ts';
import { changedBeyond, listNewestEntries, type NewestEntries } from './newest-entries.ts';
import { areSame, listPullFacts, type PullFacts, type PullsOfViewer, pullsOf } from './pull-facts.ts';
import { mayBeShutOut, standsInHome } from './stands-in-home.ts';
import { getViewerFacts, sizeOfFacts, type ViewerFacts } from './viewer-facts.ts';

/** Ids that are remembered of viewers: whom they follow, block and mute; 8 bytes each, about. */
const IDS_OF_VIEWERS = 4_000_000;
/** Entries that are remembered, about 300 bytes each. */
const ENTRIES = 100_000;
/** Accounts of which it is remembered whether they are protected. */
const ACCOUNTS = 100_000;
const ALL = 'all';

export interface HomeFactsOptions {
  readonly database: Database;
  readonly memory: HotMemory;
  /** Fan-out has delivered every change up to this number. */
  readonly deliveredUpTo: () => bigint;
  /** Milliseconds on a clock that never steps back. */
  readonly now?: () => number;
}

/** What has changed. */
export interface ChangedFacts {
  /** Whose follows, blocks, mutes or muted words. */
  readonly viewerIds: readonly string[];
  /** Who is protected, or no longer. */
  readonly accountIds: readonly string[];
  /** Who is followed by more or fewer. */
  readonly followedIds: readonly string[];
  /** Tweets that are deleted, with all entries of them. */
  readonly tweetIds: readonly string[];
  readonly entryIds: readonly string[];
  /** From how many followers on authors are pulled. */
  readonly pushLimit: boolean;
  /** Any entry. */
  readonly entries: boolean;
}

/** What is known of one viewer, to read the home with. */
export interface FactsOfViewer extends PullsOfViewer {
  readonly mutesWords: boolean;
  /** Every change that had been copied when these facts were asked for has this number at most. */
  readonly newestChange: bigint;
  /**
   * What the viewer and accounts followed did beyond the number given, newest first: every entry of theirs that was changed
   * up to `newestChange` and is not deleted. Undefined when memory does not go back so far.
   */
  beyond(delivered: bigint): BigInt64Array | undefined;
  /** Those of the entries that stand in the viewer's home now, in the order given: the first `limit` of them. */
  shown(ids: BigInt64Array, limit: number): Soon<EntryRow[]>;
}

/**
 * What decides about homes, in the memory of this process: facts of viewers, entries, protected accounts, pulled authors.
 * Of the copies it is as new as the last `forget`.
 */
export interface HomeFacts {
  /** Undefined when there is too much of the viewer, or of pulled authors, to be remembered. */
  ofViewer(viewerId: string): Promise<FactsOfViewer | undefined>;
  /** For who keeps up with the events, once the copies hold what they tell. Reads anew what every page begins with. */
  forget(changed: ChangedFacts): Promise<void>;
  clear(): void;
}

export function homeFacts(options: HomeFactsOptions): HomeFacts {
  const { database, memory, deliveredUpTo, now = () => performance.now() } = options;
  const viewerRows = memory.rows<ViewerFacts>({ max: IDS_OF_VIEWERS, sizeOf: sizeOfFacts });
  const entryRows = memory.rows<EntryRow>({ max: ENTRIES });
  const protectionRows = memory.rows<Protection>({ max: ACCOUNTS });
  const pullRows = memory.rows<PullFacts>({ max: 1 });
  const newestRows = memory.rows<NewestEntries>({ max: 1 });

  const viewers = hotReader(
    viewerRows,
    sharedReads(
      (ids) => getViewerFacts(database, ids, now),
      ({ viewerId }) => viewerId,
    ),
    ({ viewerId }) => viewerId,
  );
  const entries = hotReader(
    entryRows,
    sharedReads(
      (ids) => getEntriesByIds(database, ids),
      ({ id }) => id,
    ),
    ({ id }) => id,
  );
  const protections = hotReader(
    protectionRows,
    sharedReads(
      (ids) => getProtectionsByUserIds(database, ids),
      ({ userId }) => userId,
    ),
    ({ userId }) => userId,
  );
  const pulls = hotReader(
    pullRows,
    sharedReads(
      async () => [await listPullFacts(database)],
      () => ALL,
    ),
    () => ALL,
  );

  /** What every page would ask for next, once something was posted: its entries are remembered with it. */
  async function readNewest(): Promise<NewestEntries[]> {
    const reading = entryRows.beginRead();
    try {
      const found = await listNewestEntries(database, deliveredUpTo());
      for (const { row } of found.entries) reading.fill(row.id, row);
      return [found];
    } finally {
      reading.end();
    }
  }

  const newest = hotReader(
    newestRows,
    sharedReads(readNewest, () => ALL),
    () => ALL,
  );

  // Most reads meet the same facts as the one before.
  const known = new WeakMap<ViewerFacts, { readonly pulls: PullFacts; readonly ofViewer: PullsOfViewer }>();
  function pullsOfViewer(facts: ViewerFacts, now: PullFacts): PullsOfViewer {
    const before = known.get(facts);
    if (before?.pulls === now) return before.ofViewer;
    const ofViewer = pullsOf(facts, now);
    known.set(facts, { pulls: now, ofViewer });
    return ofViewer;
  }

  async function isProtectedOf(facts: ViewerFacts, rows: readonly EntryRow[]): Promise<(userId: string) => boolean> {
    const authors = rows.filter((row) => mayBeShutOut(facts, row)).map(({ authorId }) => authorId);
    if (authors.length === 0) return () => false;
    const found = await protections.read(authors);
    const closed = new Set(found.flatMap((row) => (row?.isProtected ? [row.userId] : [])));
    return (userId) => closed.has(userId);
  }

  /** When memory has all that it takes. */
  function shownAtOnce(facts: ViewerFacts, ids: BigInt64Array, limit: number): EntryRow[] | undefined {
    const at = now();
    let isKnown = true;
    const isProtected = (userId: string) => {
      const known = protections.peek(userId);
      isKnown &&= known != null;
      return known?.isProtected === true;
    };
    const wanted: EntryRow[] = [];
    for (const id of ids) {
      if (wanted.length === limit) break;
      const row = entries.peek(String(id));
      if (row === undefined) return undefined;
      if (row && standsInHome(facts, row, isProtected, at)) wanted.push(row);
      if (!isKnown) return undefined;
    }
    return wanted;
  }

  async function readShown(facts: ViewerFacts, ids: BigInt64Array, limit: number): Promise<EntryRow[]> {
    const rows = (await entries.read(Array.from(ids, String))).filter((row) => row !== null);
    const isProtected = await isProtectedOf(facts, rows);
    const at = now();
    return rows.filter((row) => standsInHome(facts, row, isProtected, at)).slice(0, limit);
  }

  async function forgetPulls(followedIds: readonly string[]): Promise<void> {
    const all = pulls.peek(ALL);
    // Where nothing is remembered, something may be on its way into memory.
    if (all?.isWhole && (await areSame(database, all, followedIds))) return;
    pulls.forget([ALL]);
  }

  return {
    async ofViewer(viewerId) {
      const [facts, all, latest] = await Promise.all([
        viewers.peek(viewerId) ?? one(viewers, viewerId),
        pulls.peek(ALL) ?? one(pulls, ALL),
        newest.peek(ALL) ?? one(newest, ALL),
      ]);
      if (!facts?.isWhole || !all?.isWhole || !latest) return undefined;
      return {
        ...pullsOfViewer(facts, all),
        mutesWords: facts.mutesWords,
        newestChange: latest.newestChange,
        beyond: (delivered) => changedBeyond(delivered, latest, facts),
        shown: (ids, limit) => shownAtOnce(facts, ids, limit) ?? readShown(facts, ids, limit),
      };
    },

    async forget({ viewerIds, accountIds, followedIds, tweetIds, entryIds, pushLimit, entries: anyEntry }) {
      const wasKnown = newest.peek(ALL) !== undefined;
      if (anyEntry) newest.forget([ALL]);
      viewers.forget(viewerIds);
      protections.forget(accountIds);
      entries.forget(entryIds);
      if (pushLimit) pulls.forget([ALL]);
      else if (followedIds.length > 0) await forgetPulls(followedIds);
      if (tweetIds.length > 0) {
        const gone = await listEntryIdsOfTweets(database, tweetIds);
        if (gone.length > MOST_ENTRIES_OF_TWEETS) entryRows.clear();
        else entries.forget(gone);
      }
      if (anyEntry && wasKnown) await newest.read([ALL]);
    },

    clear() {
      for (const rows of [viewerRows, entryRows, protectionRows, pullRows, newestRows]) rows.clear();
    },
  };
}

async function one<Row>(reader: { read(keys: readonly string[]): Promise<(Row | null)[]> }, key: string) {
  return (await reader.read([key]))[0];
}
