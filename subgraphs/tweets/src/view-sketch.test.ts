import { expect, test } from 'vitest';
import { addToSketch, decodeSketch, encodeSketch, estimate, mergeSketches, type Sketch } from './view-sketch.ts';

function sketchOf(people: number, from = 0): Sketch {
  const sketch: Sketch = new Map();
  for (let person = from; person < from + people; person += 1) addToSketch(sketch, `person ${person}`);
  return sketch;
}

test.each([0, 1, 2, 10, 100, 1_000, 5_000, 20_000, 100_000])(
  '%i are estimated within three standard errors',
  (people) => {
    const error = Math.abs(estimate(sketchOf(people)) - people);
    expect(error).toBeLessThanOrEqual(Math.max(people <= 10 ? 0 : 1, people * 3 * 0.023));
  },
);

test('the same again changes nothing, and the order does not matter', () => {
  const sketch = sketchOf(500);
  const before = estimate(sketch);
  for (let person = 499; person >= 0; person -= 1) addToSketch(sketch, `person ${person}`);
  expect(estimate(sketch)).toBe(before);
});

test('two that are merged are one that has seen what either has', () => {
  expect(mergeSketches(sketchOf(3_000), sketchOf(3_000, 1_500))).toEqual(sketchOf(4_500));
});

test.each([0, 5, 600, 2_000, 50_000])('a sketch of %i comes back as it was written, in 2 KB at most', (people) => {
  const sketch = sketchOf(people);
  const bytes = encodeSketch(sketch);
  expect(bytes.length).toBeLessThanOrEqual(2_048);
  expect(decodeSketch(bytes)).toEqual(sketch);
});
