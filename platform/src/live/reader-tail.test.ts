import { expect, it } from 'vitest';
import { readerTail } from './reader-tail.ts';

it('goes on behind the part of a batch that was told, when the next one could not be', async () => {
  const told: bigint[] = [];
  let fails = true;
  let end = 0n;
  const tail = readerTail({
    hasReaders: () => true,
    newest: async () => end,
    endOfBatch: async ({ upTo }) => upTo,
    async deliver({ after, upTo }, reached) {
      for (let number = after + 1n; number <= upTo; number++) {
        if (number === 3n && fails) throw new Error('away');
        told.push(number);
        reached(number);
      }
    },
    lost: () => expect.fail('Nothing was lost.'),
  });
  await tail.follow();
  end = 4n;
  await expect(tail.drain()).rejects.toThrow('away');
  expect(tail.position).toBe(2n);
  fails = false;
  await tail.drain();
  expect(told).toEqual([1n, 2n, 3n, 4n]);
});
