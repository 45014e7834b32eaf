import { expect, test } from 'vitest';
import { together } from './together.ts';

/** Work that ends when the test says so. */
function workshop() {
  const batches: { readonly items: readonly number[]; end(): void; fail(): void }[] = [];
  const work = (items: readonly number[]) =>
    new Promise<number[]>((resolve, reject) => {
      batches.push({
        items,
        end: () => resolve(items.map((item) => item * 10)),
        fail: () => reject(new Error('away')),
      });
    });
  return { batches, work };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

test('who comes in the same moment goes together, and each gets the result of its own', async () => {
  const { batches, work } = workshop();
  const run = together(work);
  const results = [run(1), run(2), run(1)];
  await turn();
  expect(batches.map(({ items }) => items)).toEqual([[1, 2, 1]]);
  batches[0]?.end();
  expect(await Promise.all(results)).toEqual([10, 20, 10]);
});

test('who comes later goes with others into the next batch, and a full one takes nobody else', async () => {
  const { batches, work } = workshop();
  const run = together(work, { atOnce: 1, fullAt: 2 });
  const results = [1, 2, 3].map(run);
  await turn();
  results.push(run(4), run(5));
  await turn();
  expect(batches.map(({ items }) => items)).toEqual([[1, 2]]);
  for (let number = 0; number < 3; number += 1) {
    batches[number]?.end();
    await turn();
  }
  expect(batches.map(({ items }) => items)).toEqual([[1, 2], [3, 4], [5]]);
  expect(await Promise.all(results)).toEqual([10, 20, 30, 40, 50]);
});

test('a batch that fails fails its own, and nobody after them', async () => {
  const { batches, work } = workshop();
  const run = together(work, { atOnce: 1 });
  const both = Promise.allSettled([run(1), run(2)]);
  await turn();
  batches[0]?.fail();
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = run(3);
  await turn();
  batches[1]?.end();
  expect(await next).toBe(30);
});
