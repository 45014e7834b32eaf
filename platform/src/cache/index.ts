export type { CacheLookUp, EntityCache } from './entity-cache.ts';
export { createHotMemory, type HotMemory, type HotMemoryOptions } from './hot-memory.ts';
export type { HotReader } from './hot-reader.ts';
export { createHotRows, type HotRows, type HotRowsOptions, type Reading } from './hot-rows.ts';
export { createInProcessEntityCache, type InProcessEntityCacheOptions } from './in-process-entity-cache.ts';
export { type ReadThroughOptions, readThrough } from './read-through.ts';
export { createRedisEntityCache, type RedisEntityCacheOptions } from './redis.ts';
export { SecondChance } from './second-chance.ts';
export { sharedReader } from './shared-reader.ts';
