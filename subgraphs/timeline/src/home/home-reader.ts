import type { Soon } from '@starling/platform/batching';
import { type Database, makeDurable } from '@starling/platform/postgres';
import type { AuthorRecents } from '../author-recents/author-recents.ts';
import { LARGEST_ROUND, readInRounds, roundSize } from '../candidate-rounds.ts';
import type { Entry } from '../entry.ts';
import type { HomeFacts } from '../facts/home-facts.ts';
import { type Found, NEWEST, OLDEST, type ReadStretch, type Stretch } from '../stretch.ts';
import { cachedTimelines } from '../timeline-cache/cached-timelines.ts';
import { between, mergeAll, newer, older } from '../timeline-cache/sorted-ids.ts';
import { THE_BEGINNING, type TimelineCache } from '../timeline-cache/timeline-cache.ts';
import { getShownEntriesByIds, listEntriesToCache, listHomeCandidates } from './home-source.ts';
import { getUndelivered, getViewerState, MERGED_CHANGES, MOST_PULLED, type ViewerState } from './viewer-state.ts';

/** Rounds of reading the source for a cached timeline: what they did not reach is read page by page. */
const BUILD_ROUNDS = 4;

export interface HomeReaderOptions {
  readonly database: Database;
  readonly cache: TimelineCache;
  readonly recents: AuthorRecents;
  readonly facts: HomeFacts;
  /** Fan-out has pushed every change up to this number into the cached timelines and recents that it concerns. */
  readonly deliveredUpTo: () => bigint;
}

export interface HomeReader<Row = Entry> {
  /** The viewer's home as it is now, to be read in stretches. Copies and facts have to be up to date before the call. */
  open(viewerId: string): Promise<ReadStretch<Row>>;
}

/** Those of the entries that stand in the home, newest first: at least the newest `limit` of them. */
type Shown = (ids: BigInt64Array, limit: number) => Soon<Entry[]>;

/**
 * Down to where all of them are complete, a home is the cached timeline together with the recents of the pulled authors
 * whom the viewer follows and with what fan-out has not delivered yet; below, it is the source. Both are filtered by the
 * rules as they are read, in rounds of bounded size, until the stretch is full, has truly ended, or too many rounds
 * found too little.
 */
export function homeReader(options: HomeReaderOptions): HomeReader {
  const { database, cache, recents, facts, deliveredUpTo } = options;
  const timelines = cachedTimelines(cache, async (viewerId, pulledIds) => {
    // The version of what is followed is kept with the timeline.
    await makeDurable(database);
    const ids: bigint[] = [];
    let from = NEWEST;
    for (let round = 0; round < BUILD_ROUNDS; round++) {
      const stretch = { from, to: OLDEST, limit: LARGEST_ROUND };
      const candidates = await listEntriesToCache(database, viewerId, stretch, pulledIds);
      for (const { id, wanted } of candidates) if (wanted) ids.push(BigInt(id));
      if (ids.length >= cache.capacity) {
        const kept = BigInt64Array.from(ids.slice(0, cache.capacity));
        return { ids: kept, completeDownTo: kept.at(-1) as bigint };
      }
      if (candidates.length < LARGEST_ROUND) return { ids: BigInt64Array.from(ids), completeDownTo: THE_BEGINNING };
      from = BigInt((candidates.at(-1) as Entry).id);
    }
    return { ids: BigInt64Array.from(ids), completeDownTo: from };
  });

  async function readRecent(shown: Shown, recent: BigInt64Array, stretch: Stretch): Promise<Entry[]> {
    const { direction, from, to, limit } = stretch;
    const descending = direction === 'older';
    let rest = descending ? between(recent, from, to) : between(recent, to, from);
    const rows: Entry[] = [];
    for (let round = 0; rest.length > 0 && rows.length < limit; round++) {
      const size = Math.min(rest.length, roundSize(limit, round));
      const nearest = descending ? rest.subarray(0, size) : rest.subarray(-size);
      rest = descending ? rest.subarray(size) : rest.subarray(0, -size);
      // Upwards the last of them are wanted: nobody knows beforehand which these are.
      const found = await shown(nearest, descending ? limit - rows.length : nearest.length);
      rows.push(...(descending ? found : found.reverse()));
    }
    return rows.slice(0, limit);
  }

  const readSource = (viewerId: string, stretch: Stretch): Promise<Found<Entry>> =>
    readInRounds((round) => listHomeCandidates(database, viewerId, round), stretch);

  /** What is known of the viewer, from memory as far as it goes, and how entries are looked at. */
  async function lookAt(viewerId: string, delivered: bigint): Promise<ViewerState & { readonly shown: Shown }> {
    const bySql: Shown = (ids) => getShownEntriesByIds(database, viewerId, ids);
    const known = await facts.ofViewer(viewerId);
    if (!known) return { ...(await getViewerState(database, viewerId, delivered)), shown: bySql };
    const { graphVersion, knownUpTo, pulled, mutesWords, newestChange } = known;
    const shown: Shown = mutesWords ? bySql : known.shown;
    const undelivered = known.beyond(delivered);
    if (undelivered) return { graphVersion, knownUpTo, pulled, newestChange, undelivered, shown };
    return { graphVersion, knownUpTo, pulled, ...(await getUndelivered(database, viewerId, delivered)), shown };
  }

  return {
    async open(viewerId) {
      // In this order: what is not in `undelivered` because fan-out is past it, is in the timelines that are read after;
      // and by then the facts say where it was put.
      const delivered = deliveredUpTo();
      const { graphVersion, knownUpTo, pulled, undelivered, newestChange, shown } = await lookAt(viewerId, delivered);
      if (newestChange - delivered > MERGED_CHANGES || pulled.length > MOST_PULLED) {
        return (stretch) => readSource(viewerId, stretch);
      }

      const pulledIds = pulled.map(({ id }) => id);
      const [pushed, ofPulled] = await Promise.all([
        timelines.get(viewerId, { graphVersion, knownUpTo, pulledIds }),
        recents.get(pulled),
      ]);
      const parts = [pushed, ...ofPulled];
      const completeDownTo = parts.map((part) => part.completeDownTo).reduce(newer);
      const recent = mergeAll([undelivered, ...parts.map(({ ids }) => ids)], completeDownTo);
      const lastBelow = completeDownTo - 1n;

      return async (stretch) => {
        const { direction, from, to, limit } = stretch;
        if (direction === 'older') {
          const rows = await readRecent(shown, recent, { ...stretch, to: newer(to, lastBelow) });
          if (rows.length === limit || to >= lastBelow) return { rows };
          const below = older(from, completeDownTo);
          const rest = await readSource(viewerId, { ...stretch, from: below, limit: limit - rows.length });
          return { ...rest, rows: [...rows, ...rest.rows] };
        }
        const below = older(to, completeDownTo);
        const found = from < lastBelow ? await readSource(viewerId, { ...stretch, to: below }) : { rows: [] };
        const { rows } = found;
        if (rows.length === limit || found.stoppedAt !== undefined) return found;
        const above = newer(from, lastBelow);
        const rest = await readRecent(shown, recent, { ...stretch, from: above, limit: limit - rows.length });
        return { rows: [...rows, ...rest] };
      };
    },
  };
}
