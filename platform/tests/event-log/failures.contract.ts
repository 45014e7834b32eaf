import { expect, test } from 'vitest';
import { commit, numbersOf, TOPIC } from '../support/events.ts';
import type { EventLogWorld } from './world.ts';

/** Effects that fail. */
export function failuresContract(world: EventLogWorld): void {
  test('an event that always fails goes to its dead-letter topic, and the others are handled', async () => {
    const numbers: number[] = [];
    let attempts = 0;
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        if (numbersOf(events).includes(3)) {
          attempts++;
          throw new Error('three is bad');
        }
        numbers.push(...numbersOf(events));
      },
    });
    const others = await world.collect('others');
    await commit(world.database, world.log, 1, 2, 3, 4, 5);
    await Promise.all([caughtUp(), others.caughtUp()]);
    expect(numbers).toEqual([1, 2, 4, 5]);
    expect(attempts).toBeGreaterThan(4);
    expect(others.numbers).toEqual([1, 2, 3, 4, 5]);
    expect(await world.harness.deadLetters(world.database, 'g')).toEqual([
      { topic: `${TOPIC}.dead-letter`, number: 3, error: expect.stringContaining('three is bad') },
    ]);
    await commit(world.database, world.log, 6);
    await caughtUp();
    expect(numbers).toEqual([1, 2, 4, 5, 6]);
  });

  test('a batch that fails for a moment is tried again whole', async () => {
    let failures = 0;
    const numbers: number[] = [];
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        if (failures++ < 2) throw new Error('not yet');
        numbers.push(...numbersOf(events));
      },
    });
    await commit(world.database, world.log, 1, 2);
    await caughtUp();
    expect(numbers).toEqual([1, 2]);
    expect(await world.harness.deadLetters(world.database, 'g')).toEqual([]);
  });

  test('no event is blamed for a database that is away', async () => {
    let away = true;
    const numbers: number[] = [];
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        if (away) throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
        numbers.push(...numbersOf(events));
      },
    });
    await commit(world.database, world.log, 1, 2);
    await expect(caughtUp()).rejects.toThrow('ECONNREFUSED');
    away = false;
    await caughtUp();
    expect(numbers).toEqual([1, 2]);
    expect(await world.harness.deadLetters(world.database, 'g')).toEqual([]);
  });

  test('no event is blamed for a consumer that has stopped', async () => {
    const copies = await world.collect('copies');
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      handle: () => copies.caughtUp(),
    });
    await copies.stop();
    await commit(world.database, world.log, 1, 2);
    await expect(caughtUp()).rejects.toThrow('The consumer copies has stopped.');
    expect(await world.harness.deadLetters(world.database, 'g')).toEqual([]);
  });
}
