import { createInProcessEntityCache } from '@starling/platform/cache';
import { describe, expect, test } from 'vitest';
import { entityCacheContract } from './entity-cache.contract.ts';

entityCacheContract('A process', () => createInProcessEntityCache({ maxEntries: 100, ttlMs: 60_000 }));
entityCacheContract('A process with hardly any memory of deletions', () => {
  const cache = createInProcessEntityCache({ maxEntries: 100, ttlMs: 60_000 });
  return {
    ...cache,
    // Each deletion is followed by as many others as are remembered.
    async deleteMany(keys) {
      await cache.deleteMany(keys);
      if (keys.length > 0) await cache.deleteMany(Array.from({ length: 99 }, (_, index) => `other ${index}`));
    },
  };
});

describe('The entity cache of a process', () => {
  test('keeps no more than it may: the least recently used goes first', async () => {
    const cache = createInProcessEntityCache({ maxEntries: 3, ttlMs: 60_000 });
    const { fill } = await cache.lookUp(['a', 'b', 'c', 'd']);
    await fill(['a', 'b', 'c'].map((key) => [key, key]));
    await cache.lookUp(['a']);
    await fill([['d', 'd']]);
    expect((await cache.lookUp(['a', 'b', 'c', 'd'])).found).toEqual(['a', undefined, 'c', 'd']);
  });

  test('believes an entry, and an absence, for as long as it was told', async () => {
    let now = 1_000;
    const cache = createInProcessEntityCache({ maxEntries: 10, ttlMs: 500, now: () => now });
    const { fill } = await cache.lookUp(['a', 'b']);
    await fill([
      ['a', 1],
      ['b', null],
    ]);
    now += 499;
    expect((await cache.lookUp(['a', 'b'])).found).toEqual([1, null]);
    now += 2;
    expect((await cache.lookUp(['a', 'b'])).found).toEqual([undefined, undefined]);
  });

  test('remembers as many deletions as entries; a look-up older than the forgotten ones fills nothing', async () => {
    const cache = createInProcessEntityCache({ maxEntries: 2, ttlMs: 60_000 });
    const early = await cache.lookUp(['a', 'z']);
    await cache.deleteMany(['a']);
    const middle = await cache.lookUp(['b', 'z']);
    await cache.deleteMany(['b', 'c']);
    await early.fill([
      ['a', 'old'],
      ['z', 'dropped to be safe'],
    ]);
    expect((await cache.lookUp(['a', 'z'])).found).toEqual([undefined, undefined]);
    await middle.fill([
      ['b', 'old'],
      ['z', 'kept'],
    ]);
    expect((await cache.lookUp(['b', 'z'])).found).toEqual([undefined, 'kept']);
  });
});
