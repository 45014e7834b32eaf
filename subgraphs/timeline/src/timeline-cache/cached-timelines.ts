import { after, type Soon } from '@starling/platform/batching';
import type { CachedTimeline, TimelineCache } from './timeline-cache.ts';

/** Reads from the source what a cached timeline holds: nothing of the authors who are pulled. */
export type ReadTimeline = (
  viewerId: string,
  pulledIds: readonly string[],
) => Promise<Pick<CachedTimeline, 'ids' | 'completeDownTo'>>;

/** What a read knows of whom its viewer follows, and of who of them is pulled. */
export interface Known {
  /** What is cached of an earlier version is too old. */
  readonly graphVersion: bigint;
  /** What is cached of a later one may leave out somebody of whom the read does not know that it has to be pulled. */
  readonly knownUpTo: bigint;
  readonly pulledIds: readonly string[];
}

/** Timelines as reads see them: always there, built when they are not cached, too old or too new. */
export interface CachedTimelines {
  /** A timeline that has whoever the viewer follows and who is not among `pulledIds`. */
  get(viewerId: string, known: Known): Soon<CachedTimeline>;
}

const isNew = ({ graphVersion }: CachedTimeline, { knownUpTo }: Known) => graphVersion > knownUpTo;
const isGood = (timeline: CachedTimeline, known: Known) =>
  timeline.graphVersion >= known.graphVersion && !isNew(timeline, known);

interface Built {
  readonly timeline: CachedTimeline;
  /** Whether it holds what was pushed while it was built: if not, who asked after its source was read may miss something. */
  readonly isShared: boolean;
}

export function cachedTimelines(cache: TimelineCache, readTimeline: ReadTimeline): CachedTimelines {
  // One build per viewer at a time: those who ask meanwhile wait for it.
  const underWay = new Map<string, Promise<Built>>();

  async function build(viewerId: string, { knownUpTo, pulledIds }: Known): Promise<Built> {
    const building = await cache.beginBuild(viewerId);
    try {
      // The version was read before the source is: a follow in between makes the timeline look older than it is, and the
      // next read builds it again. So does the return of one of `pulledIds` to push.
      const builtAt = Date.now();
      const read = { ...(await readTimeline(viewerId, pulledIds)), graphVersion: knownUpTo, builtAt };
      const kept = await building.finish(read);
      return { timeline: kept ?? read, isShared: kept !== undefined };
    } catch (error) {
      await building.abandon();
      throw error;
    }
  }

  async function built(viewerId: string, known: Known, cached: CachedTimeline | undefined): Promise<CachedTimeline> {
    // A newer one would stand in the way of what is built here.
    if (cached && isNew(cached, known)) await cache.evict([viewerId]);
    for (;;) {
      const running = underWay.get(viewerId);
      if (!running) break;
      const { timeline, isShared } = await running;
      if (isShared && isGood(timeline, known)) return timeline;
    }
    const building = build(viewerId, known).finally(() => underWay.delete(viewerId));
    underWay.set(viewerId, building);
    return (await building).timeline;
  }

  return {
    get: (viewerId, known) =>
      after(cache.get(viewerId), (cached) =>
        cached && isGood(cached, known) ? cached : built(viewerId, known, cached),
      ),
  };
}
