export * from './addresses.ts';
export * from './buckets.ts';
export * from './epochs.ts';
export * from './open-redis.ts';
export * from './script.ts';
export type { RedisSubscriber } from './subscriber.ts';
