import { expect, test } from 'vitest';
import { createViewLimit } from './view-limit.ts';

test('an account tells of so many tweets in a minute, and of as many in the next', () => {
  let at = 5_000;
  const limit = createViewLimit({ most: 10, now: () => at });
  expect(limit.take('1', 4)).toBeUndefined();
  at += 59_000;
  expect(limit.take('1', 6)).toBeUndefined();
  expect(limit.take('1', 1)).toBe(65_000);
  expect(limit.take('2', 10)).toBeUndefined();
  at = 65_000;
  expect(limit.take('1', 10)).toBeUndefined();
  expect(limit.take('1', 1)).toBe(125_000);
});

test('what is refused does not count', () => {
  const limit = createViewLimit({ most: 10, now: () => 0 });
  expect(limit.take('1', 8)).toBeUndefined();
  expect(limit.take('1', 3)).toBe(60_000);
  expect(limit.take('1', 2)).toBeUndefined();
});
