import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { SecondChance } from './second-chance.ts';

describe('entries with a second chance', () => {
  it('stay for another round when they were used, and not for ever', () => {
    const kept = new SecondChance<string, number>(3);
    for (const [key, value] of Object.entries({ a: 1, b: 2, c: 3 })) kept.set(key, value);
    kept.get('a');
    kept.get('c');
    kept.set('d', 4);
    expect(['a', 'b', 'c', 'd'].map((key) => kept.get(key))).toEqual([1, undefined, 3, 4]);
    // All of them were used by now: nobody has an advantage, and somebody goes.
    kept.set('e', 5);
    expect(kept.size).toBe(3);
    expect(kept.get('e')).toBe(5);
  });

  it('keep what is used again and again, however much passes by', () => {
    const kept = new SecondChance<number, string>(100);
    kept.set(-1, 'hot');
    for (let passing = 0; passing < 10_000; passing++) {
      kept.set(passing, 'cold');
      expect(kept.get(-1)).toBe('hot');
    }
    expect(kept.size).toBe(100);
  });

  it('never take more room than there is, and answer with what was set last, or nothing', () => {
    const key = fc.integer({ min: 0, max: 8 });
    const step = fc.oneof(
      fc.record({ kind: fc.constant('set' as const), key, size: fc.integer({ min: 1, max: 6 }) }),
      fc.record({ kind: fc.constant('get' as const), key }),
      fc.record({ kind: fc.constant('delete' as const), key }),
      fc.record({ kind: fc.constant('clear' as const) }),
    );
    fc.assert(
      fc.property(fc.array(step, { maxLength: 200 }), fc.integer({ min: 1, max: 12 }), (steps, max) => {
        const kept = new SecondChance<number, { at: number; size: number }>(max);
        const last = new Map<number, { at: number; size: number }>();
        for (const [at, one] of steps.entries()) {
          if (one.kind === 'clear') {
            kept.clear();
            last.clear();
          } else if (one.kind === 'delete') {
            kept.delete(one.key);
            last.delete(one.key);
          } else if (one.kind === 'set') {
            const value = { at, size: one.size };
            kept.set(one.key, value, one.size);
            last.set(one.key, value);
            expect(kept.get(one.key)).toBe(one.size <= max ? value : undefined);
          } else {
            const found = kept.get(one.key);
            if (found !== undefined) expect(found).toBe(last.get(one.key));
          }
          const there = [0, 1, 2, 3, 4, 5, 6, 7, 8].flatMap((each) => kept.get(each) ?? []);
          expect(there).toHaveLength(kept.size);
          expect(there.reduce((sum, { size }) => sum + size, 0)).toBeLessThanOrEqual(max);
        }
      }),
      { numRuns: 300 },
    );
  });
});
