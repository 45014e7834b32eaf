import { groupBy } from '@starling/platform/batching';
import { newestFirst } from './sorted-ids.ts';
import type { Push } from './timeline-cache.ts';

/** Digits of the largest id. */
const ID_DIGITS = 19;
/** Viewers of one script call, at most: Redis does nothing else meanwhile, and pages wait. */
export const VIEWERS_PER_CALL = 100;
/** The same where there is time for more calls. */
export const VIEWERS_PER_SMALL_CALL = 25;
/** Ids of one group, at most: Lua hands on no more than some thousand values at once. */
const IDS_PER_GROUP = 1_000;

/** An id as a member of a sorted set whose order is that of the ids. */
export function digits(id: bigint): string {
  return id.toString().padStart(ID_DIGITS, '0');
}

/** The pushes to each bucket's viewers. */
export function splitByBucket(pushes: readonly Push[], bucketOf: (viewerId: string) => string): Map<string, Push[]> {
  const buckets = new Map<string, Push[]>();
  for (const { entryIds, viewerIds } of pushes) {
    for (const [bucket, viewers] of groupBy(viewerIds, bucketOf)) {
      const push = { entryIds, viewerIds: viewers };
      const ofBucket = buckets.get(bucket);
      if (ofBucket) ofBucket.push(push);
      else buckets.set(bucket, [push]);
    }
  }
  return buckets;
}

/**
 * The groups of pushes as script calls take them, for so many viewers at most: how many ids, the ids, how many viewers, the
 * viewers.
 */
export function callsFor(pushes: readonly Push[], viewersPerCall: number): (string | number)[][] {
  const calls: (string | number)[][] = [];
  let call: (string | number)[] = [];
  let room = viewersPerCall;
  for (const { entryIds, viewerIds } of pushes) {
    const ids = Array.from(newestFirst(entryIds), digits);
    for (let from = 0; from < ids.length; from += IDS_PER_GROUP) {
      const part = ids.slice(from, from + IDS_PER_GROUP);
      for (let at = 0; at < viewerIds.length; ) {
        const viewers = viewerIds.slice(at, at + room);
        call.push(part.length, ...part, viewers.length, ...viewers);
        at += viewers.length;
        room -= viewers.length;
        if (room > 0) continue;
        calls.push(call);
        call = [];
        room = viewersPerCall;
      }
    }
  }
  if (call.length > 0) calls.push(call);
  return calls;
}
