import type { Freshness } from '@starling/platform/batching';
import type { EntityCache } from '@starling/platform/cache';
import DataLoader from 'dataloader';

export interface CachedSource<Value> {
  readonly cache: EntityCache;
  /** Resolves once what changed before the request has left the cache. */
  readonly freshness: Freshness;
  keyOf(id: string): string;
  /** What the source has of these; asked once, for all that the cache does not know. */
  read(ids: readonly string[]): Promise<readonly (readonly [id: string, value: Value])[]>;
}

/** One look into the cache for all ids of a tick, and one statement for those it misses. What there is not is cached, too. */
export function cachedLoader<Value>(source: CachedSource<Value>): DataLoader<string, Value | null> {
  const { cache, freshness, keyOf, read } = source;
  return new DataLoader(async (ids) => {
    await freshness.ready();
    const { found, fill } = await cache.lookUp<Value>(ids.map(keyOf));
    const missing = ids.filter((_, index) => found[index] === undefined);
    const values = new Map(missing.length > 0 ? await read(missing) : []);
    if (missing.length > 0) await fill(missing.map((id) => [keyOf(id), values.get(id) ?? null]));
    return ids.map((id, index) => {
      const cached = found[index];
      return cached === undefined ? (values.get(id) ?? null) : cached;
    });
  });
}
