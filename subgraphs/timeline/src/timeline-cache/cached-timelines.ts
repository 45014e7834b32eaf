import type { CachedTimeline, TimelineCache } from './timeline-cache.ts';

/** Reads from the source what a cached timeline holds: nothing of the authors who are pulled. */
export type ReadTimeline = (
  viewerId: string,
  pulledIds: readonly string[],
) => Promise<Pick<CachedTimeline, 'ids' | 'completeDownTo'>>;

/** Timelines as reads see them: always there, built when they are not cached or too old. */
export interface CachedTimelines {
  /**
   * A timeline of what the viewer follows in `graphVersion` or later. `pulledIds` are the authors that are pulled in that
   * version: whoever is not among them is in the timeline.
   */
  get(viewerId: string, graphVersion: bigint, pulledIds: readonly string[]): Promise<CachedTimeline>;
}

interface Built {
  readonly timeline: CachedTimeline;
  /** Whether it holds what was pushed while it was built: if not, who asked after its source was read may miss something. */
  readonly isShared: boolean;
}

export function cachedTimelines(cache: TimelineCache, readTimeline: ReadTimeline): CachedTimelines {
  // One build per viewer at a time: those who ask meanwhile wait for it.
  const underWay = new Map<string, Promise<Built>>();

  async function build(viewerId: string, graphVersion: bigint, pulledIds: readonly string[]): Promise<Built> {
    const building = await cache.beginBuild(viewerId);
    try {
      // The version was read before the source is: a follow in between makes the timeline look older than it is, and the
      // next read builds it again. So does the return of one of `pulledIds` to push.
      const builtAt = Date.now();
      const read = { ...(await readTimeline(viewerId, pulledIds)), graphVersion, builtAt };
      const kept = await building.finish(read);
      return { timeline: kept ?? read, isShared: kept !== undefined };
    } catch (error) {
      await building.abandon();
      throw error;
    }
  }

  return {
    async get(viewerId, graphVersion, pulledIds) {
      const cached = await cache.get(viewerId);
      if (cached && cached.graphVersion >= graphVersion) return cached;
      for (;;) {
        const running = underWay.get(viewerId);
        if (!running) break;
        const { timeline, isShared } = await running;
        if (isShared && timeline.graphVersion >= graphVersion) return timeline;
      }
      const building = build(viewerId, graphVersion, pulledIds).finally(() => underWay.delete(viewerId));
      underWay.set(viewerId, building);
      return (await building).timeline;
    },
  };
}
