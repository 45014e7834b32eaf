import { expect, test } from 'vitest';
import { groupBy } from '../batching/group-by.ts';
import { allBuckets, bucketNumber, bucketOf } from './buckets.ts';

test('names that differ little are spread evenly', () => {
  const ids = Array.from({ length: 64_000 }, (_, index) =>
    String(1_850_000_000_000_000_000n + BigInt(index) * 4_194_304n),
  );
  const sizes = [...groupBy(ids, (id) => bucketOf(id)).values()].map((group) => group.length);
  expect(sizes).toHaveLength(64);
  expect(Math.min(...sizes)).toBeGreaterThan(800);
  expect(Math.max(...sizes)).toBeLessThan(1_200);
});

test('every bucket that a name can have is among all of them', () => {
  const all = new Set(allBuckets(5));
  expect(all.size).toBe(5);
  for (let name = 0; name < 200; name++) expect(all).toContain(bucketOf(`${name}`, 5));
  expect(bucketNumber('anything', 1)).toBe(0);
});
