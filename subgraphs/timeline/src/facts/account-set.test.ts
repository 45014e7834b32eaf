import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AccountSet } from './account-set.ts';
import { highOf, lowOf } from './halves.ts';

const LARGEST = (1n << 63n) - 1n;
const id = fc.bigInt({ min: 1n, max: LARGEST });
const nearOne = fc
  .tuple(id, fc.bigInt({ min: -2n, max: 2n }))
  .map(([one, more]) => one + more)
  .filter((near) => near >= 1n && near <= LARGEST);
// Those that differ in one half alone, and those next to the ends of the lower half.
const edges = [1n, 2n, (1n << 31n) - 1n, 1n << 31n, (1n << 32n) - 1n, 1n << 32n, (1n << 32n) + 1n, LARGEST];

const has = (accounts: AccountSet, asked: bigint) => accounts.has(highOf(asked), lowOf(asked));

test('has the accounts that were put in, in whatever order, and no others', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(id, nearOne, fc.constantFrom(...edges))),
      fc.oneof(id, fc.constantFrom(...edges)),
      (ids, other) => {
        const accounts = new AccountSet(ids.filter((one) => one !== other));
        expect(ids.filter((one) => one !== other && !has(accounts, one))).toEqual([]);
        expect(has(accounts, other)).toBe(false);
        expect(has(new AccountSet([...ids, other]), other)).toBe(true);
      },
    ),
  );
});

test('tells apart what differs in one half', () => {
  for (const one of edges) {
    const accounts = new AccountSet([one]);
    expect(edges.filter((other) => has(accounts, other))).toEqual([one]);
  }
});
