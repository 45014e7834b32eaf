import { bucketOf } from '../redis/buckets.ts';

/** The keys of one shared entity cache. A new version of what is kept there means a new version here. */
export function entityCacheKeys(namespace: string) {
  const prefix = `${namespace}:entities:v1`;
  return {
    epoch: `${prefix}:epoch`,
    entity: (key: string) => `${prefix}:${bucketOf(key)}:${key}`,
  };
}
