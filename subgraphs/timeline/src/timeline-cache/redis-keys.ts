import { bucketOf } from '@starling/platform/redis';

/** What timelines are of: each kind is a cache of its own. */
export type TimelineKind = 'homes' | 'authors';

/** The keys of one shared cache of timelines. A new version of what is kept there means a new version here. */
export function timelineCacheKeys(namespace: string, kind: TimelineKind, buckets: number) {
  const prefix = `${namespace}:${kind}:v4`;
  return {
    /** In one slot: what concerns all timelines. */
    epoch: `${prefix}:{all}:epoch`,
    members: `${prefix}:{all}:members`,
    position: `${prefix}:{all}:position`,

    bucketOf: (viewerId: string) => bucketOf(viewerId, buckets),
    /** Whose timelines are cached, by their last read. */
    readers: (bucket: string) => `${prefix}:${bucket}:readers`,
    /** Whose timelines are being built, by when the last of these builds is given up. */
    building: (bucket: string) => `${prefix}:${bucket}:building`,
    /** Followed by a viewer's id, in scripts too. */
    timelines: (bucket: string) => `${prefix}:${bucket}:timelines:`,
    builds: (bucket: string) => `${prefix}:${bucket}:builds:`,
  };
}
