import type { EntityCache } from '@starling/platform/cache';
import fc from 'fast-check';
import { beforeEach, describe, expect, test } from 'vitest';

/** What every entity cache does. `open` answers an empty one that has room for a hundred entries at least. */
export function entityCacheContract(name: string, open: () => EntityCache): void {
  describe(`${name} as an entity cache`, () => {
    let cache: EntityCache;

    beforeEach(() => {
      cache = open();
    });

    const found = async (...keys: string[]) => (await cache.lookUp(keys)).found;
    const put = async (...entries: (readonly [string, unknown])[]) =>
      (await cache.lookUp(entries.map(([key]) => key))).fill(entries);

    test('it answers one value per key asked for, in their order, and undefined for what it does not know', async () => {
      expect(await found('a', 'b')).toEqual([undefined, undefined]);
      await put(['b', { id: '2' }], ['a', { id: '1' }]);
      expect(await found('a', 'c', 'b', 'a')).toEqual([{ id: '1' }, undefined, { id: '2' }, { id: '1' }]);
      expect(await found()).toEqual([]);
    });

    test('it knows what is known not to exist', async () => {
      await put(['nobody', null]);
      expect(await found('nobody')).toEqual([null]);
    });

    test.each([
      ['zero', 0],
      ['nothing written', ''],
      ['false', false],
      ['a list', []],
    ])('it keeps %s for what it is', async (_, value) => {
      await put(['k', value]);
      expect(await found('k')).toEqual([value]);
    });

    test('a later fill replaces an earlier one', async () => {
      await put(['k', 1]);
      await put(['k', 2]);
      expect(await found('k')).toEqual([2]);
    });

    test('what is deleted is not known any more, and the rest is', async () => {
      await put(['a', 1], ['b', 2], ['c', null]);
      await cache.deleteMany(['a', 'c', 'never there']);
      await cache.deleteMany([]);
      expect(await found('a', 'b', 'c')).toEqual([undefined, 2, undefined]);
    });

    test('a fill does not bring back what was deleted after its look-up began', async () => {
      const early = await cache.lookUp<number>(['a', 'b']);
      await cache.deleteMany(['a']);
      await early.fill([
        ['a', 1],
        ['b', 2],
      ]);
      expect(await found('a', 'b')).toEqual([undefined, 2]);
    });

    test('a look-up that began after the deletion fills', async () => {
      await cache.deleteMany(['a']);
      const late = await cache.lookUp<number>(['a']);
      await late.fill([['a', 2]]);
      expect(await found('a')).toEqual([2]);
    });

    test('an early fill does not overwrite what a later look-up filled after the deletion', async () => {
      const early = await cache.lookUp<string>(['a']);
      await cache.deleteMany(['a']);
      const late = await cache.lookUp<string>(['a']);
      await late.fill([['a', 'new']]);
      await early.fill([['a', 'old']]);
      expect(await found('a')).toEqual(['new']);
    });

    test('a look-up may fill more than once, and nothing that it did not ask for', async () => {
      const early = await cache.lookUp<number>(['a', 'b']);
      await early.fill([['a', 1]]);
      await cache.deleteMany(['b']);
      await early.fill([
        ['a', 2],
        ['b', 3],
        ['c', 4],
      ]);
      expect(await found('a', 'b', 'c')).toEqual([2, undefined, undefined]);
    });

    test('clear forgets everything, also what look-ups before it would fill', async () => {
      await put(['a', 1]);
      const early = await cache.lookUp<number>(['b']);
      await cache.clear();
      await early.fill([['b', 2]]);
      expect(await found('a', 'b')).toEqual([undefined, undefined]);
      await put(['a', 3]);
      expect(await found('a')).toEqual([3]);
    });

    test('whatever the order of writes, deletions and look-ups, it never answers a value older than the last deletion', async () => {
      const key = fc.constantFrom('a', 'b', 'c');
      const step = fc.oneof(
        fc.record({ kind: fc.constant('look up' as const), key }),
        fc.record({ kind: fc.constant('fill' as const), turn: fc.nat({ max: 9 }) }),
        fc.record({ kind: fc.constant('write' as const), key }),
        fc.record({ kind: fc.constant('clear' as const) }),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 60 }), async (steps) => {
          cache = open();
          const source = new Map<string, number>();
          let version = 0;
          const waiting: (() => Promise<void>)[] = [];
          for (const each of steps) {
            if (each.kind === 'write') {
              // As a command does it: commit, then delete.
              source.set(each.key, ++version);
              await cache.deleteMany([each.key]);
            } else if (each.kind === 'look up') {
              const { found, fill } = await cache.lookUp<number>([each.key]);
              const read = source.get(each.key) ?? null;
              if (found[0] !== undefined) expect(found[0]).toBe(read);
              else waiting.push(() => fill([[each.key, read]]));
            } else if (each.kind === 'clear') {
              await cache.clear();
            } else {
              const [fill] = waiting.splice(each.turn % Math.max(waiting.length, 1), 1);
              await fill?.();
            }
          }
          for (const [written, value] of source) {
            const [kept] = await found(written);
            if (kept !== undefined) expect(kept).toBe(value);
          }
        }),
        { numRuns: 300 },
      );
    });
  });
}
