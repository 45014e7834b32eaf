export type { CacheLookUp, EntityCache } from './entity-cache.ts';
export { createInProcessEntityCache, type InProcessEntityCacheOptions } from './in-process-entity-cache.ts';
export { createRedisEntityCache, type RedisEntityCacheOptions } from './redis.ts';
