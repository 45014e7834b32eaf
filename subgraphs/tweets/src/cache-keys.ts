import { bucketOf } from '@starling/platform/redis';

/** The keys under which this subgraph keeps entities in the cache that it shares with others. */
export const cacheKeys = {
  tweet: (id: string) => `tweets:tweet:${id}`,
} as const;

/** The keys of what authors have posted lately. A new form of what is kept there means a new version here. */
export function activityKeys(namespace: string) {
  const prefix = `${namespace}:activity:v1`;
  return {
    posts: (authorId: string) => `${prefix}:${bucketOf(authorId)}:${authorId}`,
  };
}

/** The keys of the sums of what is not counted in rows yet, in one slot of a Cluster. A new form of them means a new version here. */
export function countSumKeys(namespace: string) {
  const prefix = `${namespace}:count-sums:v1:{all}`;
  return { sums: `${prefix}:sums`, turn: `${prefix}:turn` };
}
