import { createHotMemory } from '@starling/platform/cache';
import { expect, test } from 'vitest';
import { entryMemory } from './entry-memory.ts';
import { entryRow } from './entry-rows.ts';
import { highOf, lowOf } from './halves.ts';

const row = (id: bigint) => {
  const own = { id: String(id), kind: 'tweet' as const, actorId: '1', tweetId: String(id), authorId: '1' };
  return entryRow({ ...own, replyToAuthorId: null, isReply: false, isDeleted: false });
};

function remember(ids: readonly bigint[]) {
  const memory = entryMemory(createHotMemory().rows({ max: 100 }));
  const reading = memory.beginRead();
  for (const id of ids) reading.fill(id, row(id));
  reading.end();
  return memory;
}

/** Another id with the same place as this one: a step of the upper half moves the place by as much as the lower one undoes. */
function sharingThePlaceOf(id: bigint): bigint {
  const high = highOf(id) + 1;
  const low = Math.imul(high, 0x9e3779b1) ^ Math.imul(high - 1, 0x9e3779b1) ^ lowOf(id);
  return (BigInt(high) << 32n) | BigInt.asUintN(32, BigInt(low ^ (1 << 31)));
}

test('an entry is found by its id and by the halves of it, until it is forgotten', () => {
  const [one, other] = [(77n << 32n) | 5n, (77n << 32n) | 6n] as const;
  const memory = remember([one, other]);
  expect(memory.get(one)?.id).toBe(String(one));
  expect(memory.find(highOf(other), lowOf(other))).toBe(memory.get(other));
  memory.forget([one]);
  expect([memory.get(one), memory.get(other)?.id]).toEqual([undefined, String(other)]);
});

test('an entry is never taken for another one whose place it shares', () => {
  const one = (78_000n << 32n) | 123_456_789n;
  const other = sharingThePlaceOf(one);
  const memory = remember([one, other]);
  expect(memory.size).toBe(1);
  expect([memory.get(one), memory.get(other)?.id]).toEqual([undefined, String(other)]);
});

test('what is forgotten while it is read is not kept, and that there is no such entry is', () => {
  const memory = remember([]);
  const reading = memory.beginRead();
  memory.forget([7n]);
  reading.fill(7n, row(7n));
  reading.fill(8n, null);
  reading.end();
  expect([memory.get(7n), memory.get(8n), memory.get(9n)]).toEqual([undefined, null, undefined]);
});
