import { makeSnowflake } from '@starling/platform/snowflake';
import { expect, it } from 'vitest';
import { restFor } from './rests.ts';

const NOW = 1_900_000_000_000;
const postedAt = (ms: number) => ({ id: makeSnowflake({ ms, kind: 'tweet', writer: 0, sequence: 0 }) });

/** Time that passes while somebody works or pauses, and not otherwise. */
function ownTime() {
  const pauses: number[] = [];
  let passed = 0;
  const time = {
    date: () => NOW + passed,
    elapsed: () => passed,
    async pause(ms: number) {
      pauses.push(ms);
      passed += ms;
    },
  };
  const pass = (ms: number) => {
    passed += ms;
  };
  return { time, pauses, pass };
}

it('a delivery of what is new rests twice as long as it works', async () => {
  const { time, pauses } = ownTime();
  const rest = restFor([postedAt(NOW)], time);
  for (const worked of [1, 5, 0]) await rest?.(worked);
  expect(pauses).toEqual([2, 10, 0]);
});

it('a second after the oldest came to be, it rests no more', async () => {
  const { time, pauses, pass } = ownTime();
  const rest = restFor([postedAt(NOW), postedAt(NOW - 900)], time);
  await rest?.(20);
  pass(50);
  await rest?.(50);
  await rest?.(10);
  expect(pauses).toEqual([40, 10]);
  expect(restFor([postedAt(NOW - 1_000)], time)).toBeUndefined();
});

it('what was posted by a clock that is ahead rests for a second at most', async () => {
  const { time, pauses } = ownTime();
  const rest = restFor([postedAt(NOW + 60_000)], time);
  for (let piece = 0; piece < 10; piece++) await rest?.(100);
  expect(pauses.reduce((sum, ms) => sum + ms)).toBe(1_000);
});
