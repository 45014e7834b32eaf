import { after, all, type Soon } from '@starling/platform/batching';
import { type Database, makeDurable } from '@starling/platform/postgres';
import type { AuthorRecents } from '../author-recents/author-recents.ts';
import { LARGEST_ROUND, readInRounds } from '../candidate-rounds.ts';
import type { Entry } from '../entry.ts';
import type { HomeFacts } from '../facts/home-facts.ts';
import { type Found, NEWEST, OLDEST, type ReadStretch, type Stretch } from '../stretch.ts';
import { cachedTimelines } from '../timeline-cache/cached-timelines.ts';
import { mergeAll, newer, older } from '../timeline-cache/sorted-ids.ts';
import { THE_BEGINNING, type TimelineCache } from '../timeline-cache/timeline-cache.ts';
import { getShownEntriesByIds, listEntriesToCache, listHomeCandidates } from './home-source.ts';
import { type Looks, readRecent } from './read-recent.ts';
import { getUndelivered, getViewerState, MERGED_CHANGES, MOST_PULLED, type ViewerState } from './viewer-state.ts';

/** Rounds of reading the source for a cached timeline: what they did not reach is read page by page. */
const BUILD_ROUNDS = 4;
const NOTHING: Found<Entry> = { rows: [] };

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
  open(viewerId: string): Soon<ReadStretch<Row>>;
}

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

  const readSource = (viewerId: string, stretch: Stretch): Promise<Found<Entry>> =>
    readInRounds((round) => listHomeCandidates(database, viewerId, round), stretch);

  const bySql = (viewerId: string): Looks => ({ shown: (ids) => getShownEntriesByIds(database, viewerId, ids) });

  /** What is known of the viewer, from memory as far as it goes, and who looks at entries. */
  function lookAt(viewerId: string, delivered: bigint): Soon<ViewerState & { readonly looks: Looks }> {
    return after(facts.ofViewer(viewerId), (known) => {
      if (!known) {
        return after(getViewerState(database, viewerId, delivered), (state) => ({ ...state, looks: bySql(viewerId) }));
      }
      const { graphVersion, knownUpTo, pulled, mutesWords, newestChange } = known;
      const looks: Looks = mutesWords ? bySql(viewerId) : known;
      const undelivered = known.beyond(delivered);
      if (undelivered) return { graphVersion, knownUpTo, pulled, newestChange, undelivered, looks };
      return after(getUndelivered(database, viewerId, delivered), (found) => ({
        graphVersion,
        knownUpTo,
        pulled,
        ...found,
        looks,
      }));
    });
  }

  /** A home whose recent entries are all known down to `completeDownTo`. */
  const readFrom =
    (viewerId: string, looks: Looks, recent: BigInt64Array, completeDownTo: bigint): ReadStretch<Entry> =>
    (stretch) => {
      const { direction, from, to, limit } = stretch;
      const lastBelow = completeDownTo - 1n;
      if (direction === 'older') {
        return after(readRecent(looks, recent, { direction, from, to: newer(to, lastBelow), limit }), (rows) => {
          if (rows.length === limit || to >= lastBelow) return { rows };
          const below = older(from, completeDownTo);
          return after(readSource(viewerId, { ...stretch, from: below, limit: limit - rows.length }), (rest) => ({
            ...rest,
            rows: [...rows, ...rest.rows],
          }));
        });
      }
      const below = older(to, completeDownTo);
      const found = from < lastBelow ? readSource(viewerId, { ...stretch, to: below }) : NOTHING;
      return after(found, ({ rows, stoppedAt }) => {
        if (rows.length === limit || stoppedAt !== undefined) return { rows, stoppedAt };
        const above = newer(from, lastBelow);
        return after(readRecent(looks, recent, { ...stretch, from: above, limit: limit - rows.length }), (rest) => ({
          rows: [...rows, ...rest],
        }));
      });
    };

  return {
    open(viewerId) {
      // In this order: what is not in `undelivered` because fan-out is past it, is in the timelines that are read after;
      // and by then the facts say where it was put.
      const delivered = deliveredUpTo();
      return after(lookAt(viewerId, delivered), (known) => {
        const { graphVersion, knownUpTo, pulled, undelivered, newestChange, looks } = known;
        if (newestChange - delivered > MERGED_CHANGES || pulled.length > MOST_PULLED) {
          return (stretch: Stretch) => readSource(viewerId, stretch);
        }
        const pulledIds = pulled.map(({ id }) => id);
        const pushed = timelines.get(viewerId, { graphVersion, knownUpTo, pulledIds });
        return after(all([pushed, recents.get(pulled)]), ([pushed, ofPulled]) => {
          const parts = [pushed, ...ofPulled];
          const completeDownTo = parts.map((part) => part.completeDownTo).reduce(newer);
          const recent = mergeAll([undelivered, ...parts.map(({ ids }) => ids)], completeDownTo);
          return readFrom(viewerId, looks, recent, completeDownTo);
        });
      });
    },
  };
}
