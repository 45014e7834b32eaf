import { LRUCache } from 'lru-cache';
import type { EntityCache } from './entity-cache.ts';

export interface InProcessEntityCacheOptions {
  /** Entries kept at most, known absences included. */
  readonly maxEntries: number;
  /** How long an entry is believed, in milliseconds. */
  readonly ttlMs: number;
  /** Milliseconds that never step back; for tests. */
  readonly now?: () => number;
}

/** An entity cache of this process alone. */
export function createInProcessEntityCache({ maxEntries, ttlMs, now }: InProcessEntityCacheOptions): EntityCache {
  // Boxed, because the cache itself cannot keep null.
  const entries = new LRUCache<string, { readonly value: unknown }>({
    max: maxEntries,
    ttl: ttlMs,
    ...(now && { perf: { now }, ttlResolution: 0 }),
  });

  // Look-ups and deletions share one count. Deletions are remembered by the number they had, the oldest forgotten first;
  // a look-up that began before a forgotten one may fill nothing at all.
  let count = 0;
  let forgotten = 0;
  const deletions = new Map<string, number>();

  return {
    async lookUp<Value>(keys: readonly string[]) {
      const began = count;
      const lookedUp = new Set(keys);
      const found = keys.map((key) => entries.get(key)?.value as Value | null | undefined);
      return {
        found,
        async fill(values: readonly (readonly [key: string, value: Value | null])[]) {
          if (began < forgotten) return;
          for (const [key, value] of values) {
            if (lookedUp.has(key) && (deletions.get(key) ?? 0) <= began) entries.set(key, { value });
          }
        },
      };
    },

    async deleteMany(keys) {
      for (const key of keys) {
        entries.delete(key);
        // Deleted again, a key moves to the end of the line.
        deletions.delete(key);
        deletions.set(key, ++count);
      }
      for (const [key, number] of deletions) {
        if (deletions.size <= maxEntries) break;
        deletions.delete(key);
        forgotten = number;
      }
    },

    async clear() {
      entries.clear();
      deletions.clear();
      forgotten = ++count;
    },
  };
}
