import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  firstSnowflakeAt,
  isSnowflake,
  KIND,
  type Kind,
  kindOf,
  makeSnowflake,
  SEQUENCES,
  SNOWFLAKE_EPOCH_MS,
  snowflakeDate,
  snowflakeMs,
  WRITERS,
} from './id.ts';

const LAST_MS = SNOWFLAKE_EPOCH_MS + 2 ** 41 - 1;

const parts = fc.record({
  ms: fc.integer({ min: SNOWFLAKE_EPOCH_MS + 1, max: LAST_MS }),
  kind: fc.constantFrom(...(Object.keys(KIND) as Kind[])),
  writer: fc.nat({ max: WRITERS - 1 }),
  sequence: fc.nat({ max: SEQUENCES - 1 }),
});

describe('An id', () => {
  test('tells the time and the kind that it was made of', () => {
    fc.assert(
      fc.property(parts, (made) => {
        const id = makeSnowflake(made);
        expect(isSnowflake(id)).toBe(true);
        expect([snowflakeMs(id), kindOf(id)]).toEqual([made.ms, made.kind]);
        expect(snowflakeDate(id).getTime()).toBe(made.ms);
      }),
    );
  });

  test('differs when any of its parts does', () => {
    fc.assert(
      fc.property(parts, parts, (a, b) => {
        expect(makeSnowflake(a) === makeSnowflake(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
      }),
    );
  });

  test('keeps every bit where JavaScript numbers would lose some', () => {
    const id = makeSnowflake({ ms: LAST_MS, kind: 'retweet', writer: 63, sequence: 4_095 });
    expect(id).toBe(((((1n << 41n) - 1n) << 22n) | (8n << 18n) | (63n << 12n) | 4_095n).toString());
    expect(makeSnowflake({ ms: SNOWFLAKE_EPOCH_MS, kind: 'tweet', writer: 0, sequence: 0 })).toBe(String(1 << 18));
  });

  test('of an unknown kind has no kind', () => {
    expect(kindOf((15n << 18n).toString())).toBeUndefined();
  });

  test('grows with time before all else', () => {
    fc.assert(
      fc.property(fc.array(parts, { maxLength: 30 }), (all) => {
        const ids = all.map(makeSnowflake);
        const numeric = [...ids].sort((a, b) => (BigInt(a) < BigInt(b) ? 1 : BigInt(a) > BigInt(b) ? -1 : 0));
        const times = numeric.map(snowflakeMs);
        expect(times).toEqual([...times].sort((a, b) => b - a));
      }),
    );
  });

  test('of a millisecond is not before the first one of it, and before the first one of the next', () => {
    fc.assert(
      fc.property(parts, (made) => {
        const id = BigInt(makeSnowflake(made));
        expect(id >= BigInt(firstSnowflakeAt(made.ms))).toBe(true);
        expect(id < BigInt(firstSnowflakeAt(made.ms + 1))).toBe(true);
      }),
    );
    expect(firstSnowflakeAt(0)).toBe('0');
  });

  test.each(['1', '1000', '9223372036854775807'])('may be written %s', (text) => {
    expect(isSnowflake(text)).toBe(true);
  });

  test.each(
    [
      ['', '0', '-1', '+1', '01', ' 1', '1 ', '1\n', '1.0', '1e3', '0x1', 'abc', '٣', '9223372036854775808'],
      ['12345678901234567890', '99999999999999999999'],
    ].flat(),
  )('may not be written %j', (text) => {
    expect(isSnowflake(text)).toBe(false);
  });
});
