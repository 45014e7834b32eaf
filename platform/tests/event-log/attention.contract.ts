import { thisMoment } from '@starling/platform/event-log';
import { expect, test } from 'vitest';
import { until } from '../../../engines/processes.ts';
import { commit } from '../support/events.ts';
import type { EventLogWorld } from './world.ts';

/** Which consumers a process drives, where processes share the work. */
export function attentionContract(world: EventLogWorld): void {
  test('a process that leaves stored consumers to others drives its own memory alone, and can be asked for both', async () => {
    const serving = world.open('memory');
    const left = await world.collect('g', serving);
    const remembered = await world.collect('m', serving, 'memory');
    for (const number of [1, 2, 3]) {
      await commit(world.database, serving, number);
      await until('what is remembered follows the log', async () => remembered.numbers.includes(number));
    }
    expect(left.numbers).toEqual([]);
    const done = await world.collect('g', world.open('stored'));
    await left.caughtUp();
    expect([...done.numbers, ...left.numbers].toSorted()).toEqual([1, 2, 3]);
    await commit(world.database, serving, 4);
    await remembered.caughtUp();
    expect(remembered.numbers).toEqual([1, 2, 3, 4]);
  });

  test('a process that serves nobody drives stored consumers, and answers nobody for what others remember', async () => {
    const working = world.open('stored');
    const absent = await world.collect('m', working, 'memory');
    const stored = await world.collect('g', working);
    await commit(world.database, working, 1);
    await until('the stored consumer follows the log', async () => stored.numbers.length > 0);
    await working.processAll();
    expect(stored.numbers).toEqual([1]);
    expect(absent.numbers).toEqual([]);
    expect(absent.isCaughtUp(thisMoment())).toBe(false);
    await expect(absent.caughtUp()).rejects.toThrow('The consumer m belongs to processes that serve');
    await absent.stop();
  });

  test('when the process that drove a stored consumer is gone, another that does takes over', async () => {
    const serving = world.open('memory');
    await world.collect('g', serving);
    const first = world.open('stored');
    const before = await world.collect('g', first);
    await commit(world.database, serving, 1);
    await before.caughtUp();
    await first.stop();
    await commit(world.database, serving, 2);
    const after = await world.collect('g', world.open('stored'));
    await until('the other has taken over', async () => after.numbers.length > 0);
    expect([before.numbers, after.numbers]).toEqual([[1], [2]]);
  });
}
