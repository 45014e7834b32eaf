import { expect, test } from 'vitest';
import { isTold } from './scene.ts';

test('what is missing, comes twice or out of order is found, and a gap stands for what was too fast alone', () => {
  const expected = ['1', '2', '3'];
  expect(isTold(expected, expected)).toBe(true);
  expect(isTold(['1', 'SLOW_CLIENT', '3'], expected)).toBe(true);
  expect(isTold(['1', '2', 'SLOW_CLIENT'], expected)).toBe(true);
  for (const wrong of [
    ['1', '3'],
    ['1', '2'],
    ['2', '1', '3'],
    ['1', '2', '2', '3'],
    ['1', 'BROKER_RESTARTED', '3'],
  ]) {
    expect(isTold(wrong, expected), wrong.join()).toBe(false);
  }
  expect(isTold(['1', '2', 'SLOW_CLIENT', '2', '3'], expected)).toBe(false);
});
