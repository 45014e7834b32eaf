import type { Soon } from '@starling/platform/batching';
import { type HotMemory, sharedReader } from '@starling/platform/cache';
import type { Database } from '@starling/platform/postgres';
import type { ProfileFilter } from '../profile/profile-filter.ts';
import { THE_BEGINNING } from '../timeline-cache/timeline-cache.ts';
import { entryMemory } from './entry-memory.ts';
import { type EntryRow, getEntriesByIds, listEntriesOfTweets, MOST_ENTRIES_OF_TWEETS } from './entry-rows.ts';
import { KnownViewer } from './known-viewer.ts';
import { listNewestEntries, type NewestEntries } from './newest-entries.ts';
import { listPopularTweets, type PopularTweets } from './popular-tweets.ts';
import { PROFILE_HEAD, type ProfileHead, profileHeads } from './profile-heads.ts';
import { getProtectionsByUserIds, type Protection } from './protections.ts';
import { areSame, listPullFacts, type PullFacts, type PullsOfViewer, pullsOf } from './pull-facts.ts';
import { shownEntries } from './shown-entries.ts';
import { isClosed, standsInProfile } from './stands-in-profile.ts';
import { getViewerFacts, NOBODY, sizeOfFacts, type ViewerFacts } from './viewer-facts.ts';

/** Ids that are remembered of viewers: whom they follow, block and mute; 8 bytes each, about. */
const IDS_OF_VIEWERS = 4_000_000;
/** Entries that are remembered, about 400 bytes each. */
const ENTRIES = 100_000;
/** Accounts of which it is remembered whether they are protected. */
const ACCOUNTS = 100_000;
const ALL = 'all';
const NOTHING: ProfileHead = { ids: new BigInt64Array(), completeDownTo: THE_BEGINNING, pinned: null };

export interface HomeFactsOptions {
  readonly database: Database;
  readonly memory: HotMemory;
  /** Entries that are remembered of each list of a profile, at most; 200 when not given. */
  readonly profileHead?: number | undefined;
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
  /** Who wrote, retweeted, pinned something, or took it back. */
  readonly actorIds: readonly string[];
  /** Tweets that are deleted, with all entries of them. */
  readonly tweetIds: readonly string[];
  readonly entryIds: readonly string[];
  /** From how many followers on authors are pulled. */
  readonly pushLimit: boolean;
  /** What is popular. */
  readonly popular: boolean;
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
  /** Those of the popular tweets that may be mixed into the viewer's home, in the order given. */
  popular(ids: BigInt64Array): Soon<EntryRow[]>;
}

/** What is known of one list of an account, as one viewer sees it. */
export interface ProfileFacts {
  /** Nothing where the account shows the viewer nothing. */
  readonly head: ProfileHead;
  /** Those of the entries that the viewer may see, in the order given: the first `limit` of them. */
  shown(ids: BigInt64Array, limit: number): Soon<EntryRow[]>;
}

/**
 * What decides about homes and about accounts' own timelines, in the memory of this process: facts of viewers, entries,
 * protected accounts, pulled authors. Of the copies it is as new as the last `forget`.
 */
export interface HomeFacts {
  /** Undefined when there is too much of the viewer, or of pulled authors, to be remembered. */
  ofViewer(viewerId: string): Soon<FactsOfViewer | undefined>;
  /** A viewer that is null is signed out. Undefined when there is too much of the viewer to be remembered. */
  ofProfile(viewerId: string | null, userId: string, filter: ProfileFilter): Soon<ProfileFacts | undefined>;
  /** What is popular with everybody, whoever may see it. */
  popular(): Soon<PopularTweets>;
  /** For who keeps up with the events, once the copies hold what they tell. Reads anew what every page begins with. */
  forget(changed: ChangedFacts): Promise<void>;
  clear(): void;
}

export function homeFacts(options: HomeFactsOptions): HomeFacts {
  const { database, memory, profileHead = PROFILE_HEAD, deliveredUpTo, now = () => performance.now() } = options;
  const viewerRows = memory.rows<ViewerFacts>({ max: IDS_OF_VIEWERS, sizeOf: sizeOfFacts });
  const entryRows = entryMemory(memory.rows({ max: ENTRIES }));
  const protectionRows = memory.rows<Protection>({ max: ACCOUNTS });
  const pullRows = memory.rows<PullFacts>({ max: 1 });
  const popularRows = memory.rows<PopularTweets>({ max: 1 });
  const newestRows = memory.rows<NewestEntries>({ max: 1 });

  const viewers = sharedReader(
    viewerRows,
    (ids) => getViewerFacts(database, ids, now),
    ({ viewerId }) => viewerId,
  );
  const entries = sharedReader(
    entryRows,
    (ids) => getEntriesByIds(database, ids),
    ({ id }) => BigInt(id),
  );
  const protections = sharedReader(
    protectionRows,
    (ids) => getProtectionsByUserIds(database, ids),
    ({ userId }) => userId,
  );
  const pulls = sharedReader(
    pullRows,
    async () => [await listPullFacts(database)],
    () => ALL,
  );
  const popular = sharedReader(
    popularRows,
    async () => [await listPopularTweets(database)],
    () => ALL,
  );

  /** What every page would ask for next, once something was posted: its entries are remembered with it. */
  async function readNewest(): Promise<NewestEntries[]> {
    const reading = entryRows.beginRead();
    try {
      const found = await listNewestEntries(database, deliveredUpTo());
      for (const { row } of found.entries) reading.fill(BigInt(row.id), row);
      return [found];
    } finally {
      reading.end();
    }
  }

  const newest = sharedReader(newestRows, readNewest, () => ALL);

  const heads = profileHeads(database, memory, profileHead);
  const shown = shownEntries(entryRows, entries, protections);
  const looking = { shown, now };

  // Most reads meet the same facts as the one before.
  const known = new WeakMap<ViewerFacts, { readonly pulls: PullFacts; readonly ofViewer: PullsOfViewer }>();
  function pullsOfViewer(facts: ViewerFacts, now: PullFacts): PullsOfViewer {
    const before = known.get(facts);
    if (before?.pulls === now) return before.ofViewer;
    const ofViewer = pullsOf(facts, now);
    known.set(facts, { pulls: now, ofViewer });
    return ofViewer;
  }

  function ofWhole(facts: ViewerFacts, all: PullFacts, latest: NewestEntries): FactsOfViewer | undefined {
    if (!facts.isWhole || !all.isWhole) return undefined;
    return new KnownViewer(facts, pullsOfViewer(facts, all), latest, looking);
  }

  async function readViewer(viewerId: string): Promise<FactsOfViewer | undefined> {
    const [facts, all, latest] = await Promise.all([one(viewers, viewerId), one(pulls, ALL), one(newest, ALL)]);
    return facts && all && latest ? ofWhole(facts, all, latest) : undefined;
  }

  const profileOf = (facts: ViewerFacts, account: Protection, head: ProfileHead): ProfileFacts => ({
    head: isClosed(facts, account.userId, () => account.isProtected) ? NOTHING : head,
    shown: (ids, limit) => shown(ids, limit, (entry, isProtected) => standsInProfile(facts, entry, isProtected)),
  });

  async function readProfile(
    viewerId: string | null,
    userId: string,
    filter: ProfileFilter,
  ): Promise<ProfileFacts | undefined> {
    const [facts, account, head] = await Promise.all([
      viewerId === null ? NOBODY : one(viewers, viewerId),
      one(protections, userId),
      heads.read(userId, filter),
    ]);
    return facts?.isWhole && account ? profileOf(facts, account, head) : undefined;
  }

  async function readPopular(): Promise<PopularTweets> {
    const found = await one(popular, ALL);
    if (!found) throw new Error('A statement answered nothing of what is popular.');
    return found;
  }

  async function forgetPulls(followedIds: readonly string[]): Promise<void> {
    const all = pulls.peek(ALL);
    // Where nothing is remembered, something may be on its way into memory.
    if (all?.isWhole && (await areSame(database, all, followedIds))) return;
    pulls.forget([ALL]);
  }

  return {
    ofViewer(viewerId) {
      const facts = viewers.peek(viewerId);
      const all = pulls.peek(ALL);
      const latest = newest.peek(ALL);
      return facts && all && latest ? ofWhole(facts, all, latest) : readViewer(viewerId);
    },

    ofProfile(viewerId, userId, filter) {
      const facts = viewerId === null ? NOBODY : viewers.peek(viewerId);
      const account = protections.peek(userId);
      const head = heads.peek(userId, filter);
      return facts?.isWhole && account && head
        ? profileOf(facts, account, head)
        : readProfile(viewerId, userId, filter);
    },

    popular: () => popular.peek(ALL) ?? readPopular(),

    async forget(changed) {
      const {
        viewerIds,
        accountIds,
        followedIds,
        actorIds,
        tweetIds,
        entryIds,
        pushLimit,
        entries: anyEntry,
      } = changed;
      const wasKnown = newest.peek(ALL) !== undefined;
      if (changed.popular) popular.forget([ALL]);
      if (anyEntry) newest.forget([ALL]);
      heads.forget(actorIds);
      viewers.forget(viewerIds);
      protections.forget(accountIds);
      entries.forget(entryIds.map(BigInt));
      if (pushLimit) pulls.forget([ALL]);
      else if (followedIds.length > 0) await forgetPulls(followedIds);
      if (tweetIds.length > 0) {
        const gone = await listEntriesOfTweets(database, tweetIds);
        if (gone.length > MOST_ENTRIES_OF_TWEETS) {
          entryRows.clear();
          heads.clear();
        } else {
          entries.forget(gone.map(({ id }) => BigInt(id)));
          heads.forget(gone.map(({ actorId }) => actorId));
        }
      }
      if (anyEntry && wasKnown) await newest.read([ALL]);
    },

    clear() {
      for (const rows of [viewerRows, entryRows, protectionRows, pullRows, popularRows, newestRows, heads])
        rows.clear();
    },
  };
}

async function one<Row>(reader: { read(keys: readonly string[]): Promise<(Row | null)[]> }, key: string) {
  return (await reader.read([key]))[0];
}
