import { bucketOf } from './buckets.ts';

/*
 * The keys and channels of what the platform keeps in Redis. Everything carries a version: a new form of what is kept there
 * means a new version here.
 */

export function entityCacheKeys(namespace: string) {
  const prefix = `${namespace}:entities:v1`;
  return {
    epoch: `${prefix}:epoch`,
    entity: (key: string) => `${prefix}:${bucketOf(key)}:${key}`,
  };
}

export function pubSubNames(namespace: string) {
  const prefix = `${namespace}:pub-sub:v1:`;
  return {
    /** In the slot of its channel: on a Cluster messages go to that shard alone. */
    of: (channel: string) => `${prefix}${bucketOf(channel)}:${channel}`,
    channelOf: (name: string) => name.slice(name.indexOf('}:', prefix.length) + 2),
  };
}

export function writerLeaseKeys(namespace: string) {
  return { writers: `${namespace}:snowflake-writers:v1` };
}
