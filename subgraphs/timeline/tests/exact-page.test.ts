import { encodeCursor, readPage } from '@starling/platform/pagination';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReadStretch, readExactPage } from '../src/stretch.ts';
import { pageOf } from './support/model.ts';

const PLACES = 30n;
const LIST = 'numbers:1';
const place = fc.option(fc.bigInt({ min: 1n, max: PLACES + 1n }), { nil: undefined });

/** The stretches of a list, newest first. */
function stretchesOf(list: readonly bigint[], isLater: boolean): ReadStretch<bigint> {
  return ({ direction, from, to, limit }) => {
    const [newer, older] = direction === 'older' ? [from, to] : [to, from];
    const there = list.filter((id) => id < newer && id > older);
    const rows = (direction === 'older' ? there : there.reverse()).slice(0, limit);
    return isLater ? Promise.resolve({ rows }) : { rows };
  };
}

test('a page is full until its list ends, and knows whether it goes on, at once or later', async () => {
  const property = fc.asyncProperty(
    fc.uniqueArray(fc.bigInt({ min: 1n, max: PLACES }), { maxLength: Number(PLACES) }),
    fc.record({ size: fc.integer({ min: 1, max: 12 }), isBackward: fc.boolean(), after: place, before: place }),
    fc.boolean(),
    async (ids, { size, isBackward, after, before }, isLater) => {
      const list = ids.sort((a, b) => (a > b ? -1 : 1));
      // Often just as many as there are.
      const args = isBackward ? { last: size } : { first: size };
      const cursor = (at: bigint | undefined) => (at === undefined ? undefined : encodeCursor(LIST, `${at}`));
      const request = readPage(LIST, { ...args, after: cursor(after), before: cursor(before) });
      const page = readExactPage(request, stretchesOf(list, isLater));
      expect(page instanceof Promise).toBe(isLater);
      const { rows, hasNextPage, hasPreviousPage, end } = await page;
      expect({ ids: rows, hasNextPage, hasPreviousPage }).toEqual(pageOf(list, args, after, before));
      expect(end).toBeUndefined();
    },
  );
  await fc.assert(property, { numRuns: 1_000 });
});
