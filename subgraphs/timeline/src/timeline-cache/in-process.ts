import { LRUCache } from 'lru-cache';
import { indexFrom, merge, newestFirst } from './sorted-ids.ts';
import {
  type CachedTimeline,
  TIMELINE_CAPACITY,
  TIMELINE_TTL_MS,
  type TimelineBuild,
  type TimelineCache,
  VIEWERS_PER_SLICE,
} from './timeline-cache.ts';

const NO_IDS = new BigInt64Array();
/** Timelines that one piece of a push reaches, where there is time for pieces. */
const VIEWERS_PER_PIECE = 250;

export interface InProcessOptions {
  /** Timelines at most: 6.4 kB each when full. */
  readonly maxViewers?: number;
  /** Entries of each at most; 800 when not given. */
  readonly capacity?: number;
  /** Milliseconds on a clock that never steps back. */
  readonly now?: () => number;
}

/** Cached timelines in this process: they die with it, and with them the position of the fan-out that fills them. */
export function inProcessTimelineCache({
  maxViewers = 10_000,
  capacity = TIMELINE_CAPACITY,
  now = () => performance.now(),
}: InProcessOptions = {}): TimelineCache {
  // A slot's timeline is replaced in place: a push makes no timeline younger and no viewer more recent.
  const slots = new LRUCache<string, { timeline: CachedTimeline }>({
    max: maxViewers,
    ttl: TIMELINE_TTL_MS,
    ttlResolution: 0,
    updateAgeOnGet: true,
    perf: { now },
  });
  const builds = new Map<string, Set<{ pushed: BigInt64Array }>>();

  /** The timeline with what was pushed from its `completeDownTo` upwards, trimmed to the capacity. */
  function withPushed(timeline: CachedTimeline, pushed: BigInt64Array): CachedTimeline {
    const ids = merge(timeline.ids, pushed.subarray(0, indexFrom(pushed, timeline.completeDownTo - 1n)));
    if (ids.length <= capacity) return { ...timeline, ids };
    const kept = ids.slice(0, capacity);
    return { ...timeline, ids: kept, completeDownTo: kept.at(-1) as bigint };
  }

  return {
    capacity,
    // Nobody else is there: what was cached before would miss what came in between.
    async join(newest) {
      slots.clear();
      return newest;
    },
    async delivered() {},
    async leave() {},
    get: (viewerId) => slots.get(viewerId)?.timeline,
    async beginBuild(viewerId): Promise<TimelineBuild> {
      const build = { pushed: NO_IDS };
      const ofViewer = builds.get(viewerId) ?? new Set();
      builds.set(viewerId, ofViewer.add(build));
      const end = () => {
        ofViewer.delete(build);
        if (ofViewer.size === 0 && builds.get(viewerId) === ofViewer) builds.delete(viewerId);
      };
      return {
        async finish(read) {
          const timeline = withPushed(read, build.pushed);
          const known = slots.peek(viewerId);
          if (!known || known.timeline.graphVersion <= timeline.graphVersion) slots.set(viewerId, { timeline });
          end();
          return timeline;
        },
        async abandon() {
          end();
        },
      };
    },
    async push(pushes, rest) {
      let began = performance.now();
      let reached = 0;
      for (const { viewerIds, entryIds } of pushes) {
        const pushed = newestFirst(entryIds);
        for (const viewerId of viewerIds) {
          const slot = slots.peek(viewerId);
          if (slot) slot.timeline = withPushed(slot.timeline, pushed);
          for (const build of builds.get(viewerId) ?? []) build.pushed = merge(build.pushed, pushed);
          if (!rest || ++reached % VIEWERS_PER_PIECE > 0) continue;
          await rest(performance.now() - began);
          began = performance.now();
        }
      }
    },
    async isEmpty() {
      return slots.size === 0 && builds.size === 0;
    },
    async estimateViewers() {
      return slots.size + builds.size;
    },
    async *listViewers() {
      const viewerIds = [...new Set([...slots.keys(), ...builds.keys()])];
      for (let from = 0; from < viewerIds.length; from += VIEWERS_PER_SLICE) {
        yield viewerIds.slice(from, from + VIEWERS_PER_SLICE);
      }
    },
    async evict(viewerIds) {
      for (const viewerId of viewerIds) slots.delete(viewerId);
    },
    async clear() {
      slots.clear();
    },
  };
}
