import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Halves, highOf, lowOf } from './halves.ts';

const END = (1n << 63n) - 1n;
// Where a half begins or ends, or a number loses its last digit.
const edges = [31n, 32n, 53n, 62n].flatMap((bits) => [-1n, 0n, 1n].map((more) => (1n << bits) + more));
const id = fc.oneof(fc.bigInt({ min: 0n, max: END }), fc.constantFrom(0n, 1n, ...edges, END - 1n, END));

test('halves have the order of ids', () => {
  const order = (a: bigint, b: bigint) => Math.sign(highOf(a) - highOf(b) || lowOf(a) - lowOf(b));
  fc.assert(
    fc.property(id, id, (a, more) => {
      for (const b of [more, BigInt.asUintN(62, a + more)]) expect(order(a, b)).toBe(a < b ? -1 : Number(a > b));
    }),
  );
});

test('those of many ids, wherever they lie, are those of each', () => {
  fc.assert(
    fc.property(fc.array(id, { minLength: 1 }), fc.nat(), (ids, before) => {
      const from = before % ids.length;
      const part = BigInt64Array.from(ids).subarray(from);
      const halves = new Halves(part);
      const all = Array.from(part, (one, at) => [halves.highAt(at), halves.lowAt(at), highOf(one), lowOf(one)]);
      expect(all.map(([high, low]) => [high, low])).toEqual(all.map(([, , high, low]) => [high, low]));
      for (const half of all.flat()) expect(half).toBe((half as number) | 0);
    }),
  );
});
