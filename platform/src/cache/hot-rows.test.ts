import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createHotMemory } from './hot-memory.ts';
import { hotReader } from './hot-reader.ts';
import { createHotRows } from './hot-rows.ts';

function put<Row>(rows: ReturnType<typeof createHotRows<Row>>, ...entries: readonly (readonly [string, Row | null])[]) {
  const reading = rows.beginRead();
  for (const [key, row] of entries) reading.fill(key, row);
  reading.end();
}

describe('hot rows', () => {
  it('know rows, known absences, and what is not known', () => {
    const rows = createHotRows<number>({ max: 10 });
    put(rows, ['zero', 0], ['nobody', null]);
    expect(['zero', 'nobody', 'unknown'].map((key) => rows.get(key))).toEqual([0, null, undefined]);
    rows.forget(['zero', 'never there']);
    expect(['zero', 'nobody'].map((key) => rows.get(key))).toEqual([undefined, null]);
    rows.clear();
    expect(rows.get('nobody')).toBeUndefined();
  });

  it('are bounded, by number or by size, what is not used going first', () => {
    const few = createHotRows<number>({ max: 2 });
    put(few, ['a', 1], ['b', 2]);
    few.get('a');
    put(few, ['c', 3]);
    expect(['a', 'b', 'c'].map((key) => few.get(key))).toEqual([1, undefined, 3]);
    const small = createHotRows<string>({ max: 10, sizeOf: (row) => row?.length ?? 1 });
    put(small, ['a', 'xxxx'], ['b', 'xxxx'], ['c', 'xxxx']);
    expect(small.size).toBe(2);
    put(small, ['too large', 'x'.repeat(11)]);
    expect(small.get('too large')).toBeUndefined();
  });

  it('keep nothing of a read during which it was forgotten, everything was, or very much', () => {
    const rows = createHotRows<number>({ max: 100_000 });
    const [early, all, long] = [rows.beginRead(), rows.beginRead(), rows.beginRead()];
    rows.forget(['a']);
    early.fill('a', 1);
    early.fill('b', 2);
    expect(['a', 'b'].map((key) => rows.get(key))).toEqual([undefined, 2]);
    early.end();
    rows.forget(Array.from({ length: 10_001 }, (_, index) => `${index}`));
    long.fill('never forgotten', 1);
    expect(rows.get('never forgotten')).toBeUndefined();
    long.end();
    const last = rows.beginRead();
    rows.clear();
    for (const reading of [all, last]) {
      reading.fill('c', 1);
      reading.end();
    }
    expect(rows.size).toBe(0);
    put(rows, ['a', 3]);
    expect(rows.get('a')).toBe(3);
  });

  it('share one scale in a memory, which forgets them all', () => {
    const memory = createHotMemory({ scale: 0.1 });
    const [one, other] = [memory.rows<number>({ max: 20 }), memory.rows<number>({ max: 5 })];
    put(one, ['a', 1], ['b', 2], ['c', 3]);
    put(other, ['a', 1], ['b', 2]);
    expect([one.size, other.size]).toEqual([2, 1]);
    memory.clear();
    expect([one.size, other.size]).toEqual([0, 0]);
  });
});

/**
 * One source whose rows change, and who reads it in two steps: the statement, which sees what is there, and the filling in
 * of what it saw, at any later time. A change is committed first and forgotten later; whoever begins to read after it was
 * forgotten must see it.
 */
describe('reads through memory', () => {
  const KEYS = ['a', 'b', 'c'];
  const step = fc.oneof(
    fc.record({ kind: fc.constant('commit' as const), key: fc.constantFrom(...KEYS) }),
    fc.record({ kind: fc.constant('forget' as const) }),
    fc.record({ kind: fc.constant('read' as const), keys: fc.subarray(KEYS, { minLength: 1 }) }),
    fc.record({ kind: fc.constant('see' as const), which: fc.nat(1) }),
    fc.record({ kind: fc.constant('answer' as const), which: fc.nat(1) }),
    fc.record({ kind: fc.constant('clear' as const) }),
  );

  it('never answer with what was forgotten before they began, in whatever order statements are sent and answered', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { minLength: 40, maxLength: 120 }),
        fc.integer({ min: 1, max: 4 }),
        async (steps, max) => {
          const versions = new Map(KEYS.map((key) => [key, 0]));
          const forgotten = new Map(KEYS.map((key) => [key, 0]));
          const sent: { keys: readonly string[]; seen?: { key: string; at: number }[]; answer(rows: unknown): void }[] =
            [];
          const rows = createHotRows<{ key: string; at: number }>({ max });
          const reader = hotReader(
            rows,
            (keys) => new Promise((resolve) => void sent.push({ keys, answer: (rows) => resolve(rows as never) })),
            ({ key }) => key,
          );
          const reads: Promise<void>[] = [];
          for (const one of steps) {
            if (one.kind === 'commit') versions.set(one.key, (versions.get(one.key) ?? 0) + 1);
            else if (one.kind === 'forget') {
              for (const [key, at] of versions) forgotten.set(key, at);
              reader.forget(KEYS);
            } else if (one.kind === 'clear') rows.clear();
            else if (one.kind === 'read') {
              const atLeast = one.keys.map((key) => forgotten.get(key) ?? 0);
              reads.push(
                reader.read(one.keys).then((found) => {
                  for (const [index, row] of found.entries()) {
                    expect(row?.at, `${one.keys[index]}`).toBeGreaterThanOrEqual(atLeast[index] as number);
                  }
                }),
              );
            } else {
              const statement = sent[one.which];
              if (!statement) continue;
              statement.seen ??= statement.keys.map((key) => ({ key, at: versions.get(key) ?? 0 }));
              if (one.kind === 'see') continue;
              sent.splice(one.which, 1);
              statement.answer(statement.seen);
              await new Promise((resolve) => setImmediate(resolve));
            }
          }
          for (const { keys, seen, answer } of sent)
            answer(seen ?? keys.map((key) => ({ key, at: versions.get(key) ?? 0 })));
          await Promise.all(reads);
          expect(rows.size).toBeLessThanOrEqual(max);
        },
      ),
      { numRuns: 200 },
    );
  });

  it('fail when the source does, and nothing is kept of that', async () => {
    const rows = createHotRows<{ key: string }>({ max: 10 });
    let isAway = true;
    const reader = hotReader(
      rows,
      async (keys) => {
        if (isAway) throw new Error('away');
        return keys.map((key) => ({ key }));
      },
      ({ key }) => key,
    );
    await expect(reader.read(['a'])).rejects.toThrow('away');
    expect(reader.peek('a')).toBeUndefined();
    isAway = false;
    expect(await reader.read(['a', 'a'])).toEqual([{ key: 'a' }, { key: 'a' }]);
  });
});
