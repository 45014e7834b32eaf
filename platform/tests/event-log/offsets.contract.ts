import { expect, test } from 'vitest';
import { commit, numbered, numbersOf, TOPIC } from '../support/events.ts';
import { gate } from '../support/gate.ts';
import type { EventLogWorld } from './world.ts';

/** Where a consumer begins and where it stops. */
export function offsetsContract(world: EventLogWorld): void {
  test('a memory offset begins as it is made: with what commits afterwards, also of transactions then open', async () => {
    await commit(world.database, world.log, 1);
    const appended = gate();
    const mayCommit = gate();
    const slow = world.database.transaction(async (transaction) => {
      await world.log.append(transaction, [numbered(2)]);
      appended.open();
      await mayCommit.opened;
    });
    await appended.opened;
    const { numbers, caughtUp, stop } = await world.collect('m', world.log, 'memory');
    await commit(world.database, world.log, 3);
    await caughtUp();
    expect(numbers).toEqual([3]);
    mayCommit.open();
    await slow;
    await caughtUp();
    expect(numbers).toEqual([3, 2]);
    await stop();
    await commit(world.database, world.log, 4);
    const again = await world.collect('m', world.log, 'memory');
    await commit(world.database, world.log, 5);
    await again.caughtUp();
    expect(again.numbers).toEqual([5]);
  });

  test('processes with a memory offset of the same name each get everything', async () => {
    const all = await Promise.all([world.log, world.open()].map((each) => world.collect('m', each, 'memory')));
    const many = Array.from({ length: 2_500 }, (_, number) => number);
    await commit(world.database, world.log, ...many);
    await Promise.all(all.map(({ caughtUp }) => caughtUp()));
    for (const { numbers } of all) expect(numbers).toEqual(many);
  });

  test('a memory offset that looks back begins with what was committed in that time, then goes on', async () => {
    const many = Array.from({ length: 2_500 }, (_, number) => number);
    await commit(world.database, world.log, ...many.slice(0, 1_500));
    await commit(world.database, world.log, ...many.slice(1_500));
    const numbers: number[] = [];
    const { caughtUp } = await world.open().consume({
      group: 'm',
      topics: [TOPIC, 'tests.empty'],
      offset: 'memory',
      lookBackMs: 60_000,
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    await caughtUp();
    expect(numbers).toEqual(many);
    await commit(world.database, world.log, 2_500);
    await caughtUp();
    expect(numbers).toEqual([...many, 2_500]);
  });

  test('stop lets the batch under way finish, and the next process resumes after it', async () => {
    const begun = gate();
    const mayEnd = gate();
    const handled: number[] = [];
    const { stop } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        begun.open();
        await mayEnd.opened;
        handled.push(...numbersOf(events));
      },
    });
    await commit(world.database, world.log, 1, 2);
    await begun.opened;
    const stopping = stop();
    mayEnd.open();
    await stopping;
    // How much is in a batch is the log's affair: what was not in this one is the next process's.
    const inTheBatch = handled.length;
    expect(handled).toEqual([1, 2].slice(0, Math.max(1, inTheBatch)));
    await commit(world.database, world.log, 3);
    const { numbers, caughtUp } = await world.collect('g', world.open());
    await caughtUp();
    expect(handled).toHaveLength(inTheBatch);
    expect(numbers).toEqual([1, 2, 3].slice(inTheBatch));
  });

  test('a stopped consumer handles nothing more and says so to who asks', async () => {
    const { numbers, caughtUp, stop } = await world.collect('g');
    await stop();
    await commit(world.database, world.log, 1);
    await expect(caughtUp()).rejects.toThrow(/stopped/);
    expect(numbers).toEqual([]);
  });
}
