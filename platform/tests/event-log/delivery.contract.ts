import type { Event } from '@starling/platform/event-log';
import { expect, test } from 'vitest';
import { commit, numbered, numbersOf, TOPIC } from '../support/events.ts';
import { gate } from '../support/gate.ts';
import type { EventLogWorld } from './world.ts';

/** What arrives, and what does not. */
export function deliveryContract(world: EventLogWorld): void {
  test('events reach every group whole, in order, whether they were committed before it began or after', async () => {
    const event = numbered(1, 'a key');
    await world.database.transaction((transaction) => world.log.append(transaction, [event, numbered(2)]));
    const got: Event[] = [];
    const first = await world.log.consume({
      group: 'first',
      topics: [TOPIC],
      async handle(events) {
        got.push(...events);
      },
    });
    const second = await world.collect('second');
    await commit(world.database, world.log, 3, 4);
    await Promise.all([first.caughtUp(), second.caughtUp()]);
    expect(numbersOf(got)).toEqual([1, 2, 3, 4]);
    expect(second.numbers).toEqual([1, 2, 3, 4]);
    expect(got[0]).toEqual({ ...event, occurredAt: expect.any(Date) });
    expect(Math.abs(Date.now() - (got[0]?.occurredAt.getTime() ?? 0))).toBeLessThan(60_000);
  });

  test('payloads keep every JSON value', async () => {
    const payload = {
      text: 'a "b" \\ {c} \u2028 😀',
      none: null,
      list: [1.5, [], {}],
      yes: true,
      id: '9223372036854775807',
    };
    const got: Event[] = [];
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        got.push(...events);
      },
    });
    await world.database.transaction((transaction) => world.log.append(transaction, [{ ...numbered(0), payload }]));
    await caughtUp();
    expect(got.map((event) => event.payload)).toEqual([payload]);
  });

  test('only the topics asked for arrive', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    await world.database.transaction((transaction) =>
      world.log.append(transaction, [
        numbered(1, 'k', 'tests.other'),
        numbered(2),
        numbered(3, 'k', `${TOPIC}.dead-letter`),
      ]),
    );
    await caughtUp();
    expect(numbers).toEqual([2]);
  });

  test('a transaction of many thousands of events arrives whole and in order', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    const all = Array.from({ length: 12_345 }, (_, number) => number);
    await commit(world.database, world.log, ...all);
    await caughtUp();
    expect(numbers).toEqual(all);
  });

  test('what was rolled back is never seen', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    const failing = world.database.transaction(async (transaction) => {
      await world.log.append(transaction, [numbered(1)]);
      throw new Error('never mind');
    });
    await expect(failing).rejects.toThrow('never mind');
    await commit(world.database, world.log, 2);
    await caughtUp();
    expect(numbers).toEqual([2]);
  });

  test('events committed elsewhere are handled without anybody asking', async () => {
    const arrived = gate();
    await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle() {
        arrived.open();
      },
    });
    await commit(world.database, world.open(), 1);
    await arrived.opened;
  });
}
