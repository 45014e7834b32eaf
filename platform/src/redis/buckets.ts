/**
 * Keys with the same bucket are in the same slot of a Cluster, so that one script call may touch them together. Many more
 * buckets than nodes, so that nodes share the work evenly; and few enough for calls to be worth batching.
 */
const BUCKETS = 64;

/** Spreads names evenly over the numbers from 0 to below `buckets`: FNV-1a, stirred, as fan-out asks it for every follower. */
export function bucketNumber(name: string, buckets: number): number {
  let hash = 0x811c9dc5;
  for (let index = 0; index < name.length; index++) hash = Math.imul(hash ^ name.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b);
  return ((hash ^ (hash >>> 13)) >>> 0) % buckets;
}

/** The hash tag of whatever belongs to `name`. */
export function bucketOf(name: string, buckets = BUCKETS): string {
  return bucketTag(bucketNumber(name, buckets));
}

/** Every hash tag that `bucketOf` answers. */
export function allBuckets(buckets = BUCKETS): string[] {
  return Array.from({ length: buckets }, (_, index) => bucketTag(index));
}

function bucketTag(index: number): string {
  return `{b${index}}`;
}
