import { KIND, type Kind, kindOf, type SnowflakeSource, snowflakeMs } from '@starling/platform/snowflake';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { type ManualClock, manualClock } from './support/manual-clock.ts';

export interface SnowflakeHarness {
  open(clock: ManualClock): Promise<SnowflakeSource>;
  prepare(): Promise<void>;
  close(): Promise<void>;
}

const NOON = Date.UTC(2026, 0, 31, 12);
const kinds = Object.keys(KIND) as Kind[];

/** What every source of ids does. */
export function snowflakeSourceContract(name: string, harness: SnowflakeHarness): void {
  describe(`${name} as a source of ids`, () => {
    beforeEach(() => harness.prepare());
    afterEach(() => harness.close());

    test('an id carries its kind and its time', async () => {
      const clock = manualClock(NOON);
      const source = await harness.open(clock);
      for (const kind of kinds) {
        const id = await source.next(kind);
        expect([kindOf(id), snowflakeMs(id)]).toEqual([kind, NOON]);
      }
      await source.stop();
    });

    test('4,096 ids are made in a millisecond, and the next one waits for the next millisecond', async () => {
      const clock = manualClock(NOON);
      const source = await harness.open(clock);
      const ids: string[] = [];
      for (let made = 0; made < 4_096; made++) ids.push(await source.next('tweet'));
      expect([clock.waited, new Set(ids).size]).toEqual([0, 4_096]);
      expect(new Set(ids.map(snowflakeMs))).toEqual(new Set([NOON]));
      expect(snowflakeMs(await source.next('tweet'))).toBe(NOON + 1);
      expect(clock.waited).toBe(1);
      await source.stop();
    });

    test('ids of a kind rise, and none is made twice, however the clock steps', async () => {
      const clock = manualClock(NOON);
      const source = await harness.open(clock);
      const made = new Set<string>();
      let last = 0n;
      const step = fc.record({
        step: fc.oneof(fc.constant(0), fc.constant(1), fc.integer({ min: -500, max: 500 })),
        count: fc.oneof(fc.integer({ min: 1, max: 5 }), fc.constant(4_100)),
      });
      await fc.assert(
        fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
          for (const { step, count } of steps) {
            clock.ms += step;
            for (let index = 0; index < count; index++) {
              const id = await source.next('tweet');
              expect(BigInt(id)).toBeGreaterThan(last);
              expect(made.has(id)).toBe(false);
              last = BigInt(id);
              made.add(id);
            }
          }
        }),
        { numRuns: 15 },
      );
      await source.stop();
    });

    test('many who ask at once get different ids', async () => {
      const source = await harness.open(manualClock(NOON));
      const ids = await Promise.all(
        Array.from({ length: 10_000 }, (_, index) => source.next(kinds[index % kinds.length] ?? 'tweet')),
      );
      expect(new Set(ids).size).toBe(10_000);
      await source.stop();
    });

    test('processes at the same moment make different ids', async () => {
      const sources = await Promise.all(Array.from({ length: 20 }, () => harness.open(manualClock(NOON))));
      const ids = await Promise.all(
        sources.flatMap((source) => Array.from({ length: 50 }, () => source.next('tweet'))),
      );
      expect(new Set(ids).size).toBe(1_000);
      await Promise.all(sources.map((source) => source.stop()));
    });

    test('processes one after the other make different ids, also when the later clock is behind', async () => {
      const made = new Set<string>();
      for (let process = 0; process < 80; process++) {
        const source = await harness.open(manualClock(NOON - process * 10));
        for (let index = 0; index < 10; index++) made.add(await source.next('tweet'));
        await source.stop();
      }
      expect(made.size).toBe(800);
    });

    test('a clock that is far behind the last id is an error, not an endless wait', async () => {
      const clock = manualClock(NOON);
      const source = await harness.open(clock);
      await source.next('tweet');
      clock.ms -= 3_600_000;
      await expect(source.next('tweet')).rejects.toThrow(/clock/);
      clock.ms = NOON + 1;
      expect(snowflakeMs(await source.next('tweet'))).toBe(NOON + 1);
      await source.stop();
    });

    test('a source that has stopped makes no ids', async () => {
      const source = await harness.open(manualClock(NOON));
      await source.stop();
      await source.stop();
      await expect(source.next('tweet')).rejects.toThrow(/stopped/);
    });
  });
}
