export type { CacheLookUp, EntityCache } from './entity-cache.ts';
