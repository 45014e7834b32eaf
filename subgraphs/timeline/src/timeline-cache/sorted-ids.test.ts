import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { between, merge, newestFirst } from './sorted-ids.ts';

const ids = fc.array(fc.bigInt({ min: 1n, max: 40n }), { maxLength: 30 });

/** What the functions say, said slowly. */
const slowly = (values: readonly bigint[]) => [...new Set(values)].sort((a, b) => (a > b ? -1 : 1));

describe('sorted ids', () => {
  it('are newest first, each once', () => {
    fc.assert(
      fc.property(ids, (values) => {
        expect([...newestFirst(values)]).toEqual(slowly(values));
      }),
    );
  });

  it('merge into one list', () => {
    fc.assert(
      fc.property(ids, ids, (a, b) => {
        expect([...merge(newestFirst(a), newestFirst(b))]).toEqual(slowly([...a, ...b]));
      }),
    );
  });

  it('are cut strictly between two places, whether or not an id stands there', () => {
    const place = fc.bigInt({ min: 0n, max: 41n });
    fc.assert(
      fc.property(ids, place, place, (values, newer, older) => {
        const cut = slowly(values).filter((id) => id < newer && id > older);
        expect([...between(newestFirst(values), newer, older)]).toEqual(cut);
      }),
    );
  });
});
