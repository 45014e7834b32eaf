import { createHotMemory } from '@starling/platform/cache';
import fc from 'fast-check';
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

test('whatever is read and forgotten in whatever order, nothing is found but what was read last and not forgotten since', () => {
  const [one, far] = [(78_000n << 32n) | 123_456_789n, (1n << 53n) + 1n];
  const ids = [one, sharingThePlaceOf(one), far, far - 1n];
  const id = fc.constantFrom(...ids);
  const step = fc.oneof(
    fc.record({ do: fc.constant('begin' as const) }),
    fc.record({ do: fc.constant('fill' as const), id, isThere: fc.boolean(), reading: fc.nat(9) }),
    fc.record({ do: fc.constant('end' as const), reading: fc.nat(9) }),
    fc.record({ do: fc.constant('forget' as const), ids: fc.uniqueArray(id) }),
    fc.record({ do: fc.constant('clear' as const) }),
  );
  const property = fc.property(fc.array(step, { maxLength: 60 }), (steps) => {
    const memory = entryMemory(createHotMemory().rows({ max: 100 }));
    const readings: { readonly reading: ReturnType<typeof memory.beginRead>; readonly lost: Set<bigint> }[] = [];
    const known = new Map<bigint, ReturnType<typeof row> | null>();
    const forget = (gone: readonly bigint[]) => {
      for (const each of gone) known.delete(each);
      for (const { lost } of readings) for (const each of gone) lost.add(each);
    };
    for (const one of steps) {
      if (one.do === 'begin') readings.push({ reading: memory.beginRead(), lost: new Set() });
      if (one.do === 'fill' && readings.length > 0) {
        const { reading, lost } = readings[one.reading % readings.length] as (typeof readings)[number];
        const found = one.isThere ? row(one.id) : null;
        reading.fill(one.id, found);
        if (!lost.has(one.id)) known.set(one.id, found);
      }
      if (one.do === 'end' && readings.length > 0) {
        const [ended] = readings.splice(one.reading % readings.length, 1);
        ended?.reading.end();
      }
      if (one.do === 'forget') {
        memory.forget(one.ids);
        forget(one.ids);
      }
      if (one.do === 'clear') {
        memory.clear();
        forget(ids);
      }
      for (const each of ids) {
        const found = memory.get(each);
        expect(memory.find(highOf(each), lowOf(each))).toBe(found);
        if (found !== undefined) expect(found).toBe(known.get(each));
        // Those that share no place with another are kept.
        else if (each === far || each === far - 1n) expect(known.has(each)).toBe(false);
      }
    }
  });
  fc.assert(property, { numRuns: 500 });
});
