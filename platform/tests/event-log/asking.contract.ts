import { thisMoment } from '@starling/platform/event-log';
import { expect, test } from 'vitest';
import { commit, TOPIC } from '../support/events.ts';
import { gate } from '../support/gate.ts';
import type { EventLogWorld } from './world.ts';

/** What who asks may rely on. */
export function askingContract(world: EventLogWorld): void {
  test('caughtUp waits for a batch that another process of the group has in hand', async () => {
    const begun = gate();
    const mayEnd = gate();
    const order: string[] = [];
    await world.open().consume({
      group: 'g',
      topics: [TOPIC],
      async handle() {
        begun.open();
        await mayEnd.opened;
        order.push('handled');
      },
    });
    await commit(world.database, world.log, 1);
    await begun.opened;
    const { caughtUp } = await world.collect('g');
    const asked = caughtUp().then(() => order.push('caught up'));
    mayEnd.open();
    await asked;
    expect(order).toEqual(['handled', 'caught up']);
  });

  test('for a moment everything that was committed before it is waited for, and again once the asker has written', async () => {
    const all = [await world.collect('stored'), await world.collect('memory', world.log, 'memory')];
    const moment = thisMoment();
    await commit(world.database, world.log, 1);
    for (const { numbers, caughtUp } of all) {
      await caughtUp(moment);
      expect(numbers).toEqual([1]);
    }
    await commit(world.database, world.log, 2);
    moment.renew();
    expect(all.some(({ isCaughtUp }) => isCaughtUp(moment))).toBe(false);
    for (const { numbers, caughtUp } of all) {
      await caughtUp(moment);
      expect(numbers).toEqual([1, 2]);
    }
  });

  test('for a moment, too, a stopped consumer says so to who asks', async () => {
    const { caughtUp, isCaughtUp, stop } = await world.collect('g');
    const moment = thisMoment();
    await caughtUp(moment);
    await stop();
    expect(isCaughtUp(moment)).toBe(false);
    await expect(caughtUp(moment)).rejects.toThrow(/stopped/);
  });

  test('processAll waits for every consumer of the process', async () => {
    const all = [
      await world.collect('one'),
      await world.collect('two'),
      await world.collect('three', world.log, 'memory'),
    ];
    await commit(world.database, world.log, 1, 2);
    await world.log.processAll();
    for (const { numbers } of all) expect(numbers).toEqual([1, 2]);
  });

  test('fifty that ask at once wait for what was committed before they asked', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    for (let round = 1; round <= 20; round++) {
      await commit(world.database, world.log, round);
      const answers = Array.from({ length: 50 }, async () => {
        await caughtUp();
        return numbers.length;
      });
      for (const known of await Promise.all(answers)) expect(known).toBe(round);
    }
  });
}
