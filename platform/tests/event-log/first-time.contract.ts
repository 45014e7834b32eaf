import { type Event, firstTime } from '@starling/platform/event-log';
import { expect, test } from 'vitest';
import { numbered, numbersOf } from '../support/events.ts';
import type { EventLogWorld } from './world.ts';

/** Effects that happen once. */
export function firstTimeContract(world: EventLogWorld): void {
  test('firstTime answers each event once per group, in order, also within a batch and beside another transaction', async () => {
    const events = [numbered(1), numbered(2), numbered(3)].map((event) => ({ ...event, occurredAt: new Date() }));
    const [one, two, three] = events as [Event, Event, Event];
    const first = (group: string, batch: Event[]) =>
      world.database.transaction(async (transaction) => numbersOf(await firstTime(transaction, group, batch)));
    expect(await first('g', [two, one, two])).toEqual([2, 1]);
    expect(await first('g', [three, two, one])).toEqual([3]);
    expect(await first('other', events)).toEqual([1, 2, 3]);
    expect(await first('g', [])).toEqual([]);
    const both = await Promise.all([first('beside', events), first('beside', [three, two, one])]);
    expect(both.flat().sort()).toEqual([1, 2, 3]);
  });

  test('an effect that was rolled back has not happened: firstTime answers its events again', async () => {
    const event: Event = { ...numbered(1), occurredAt: new Date() };
    const failing = world.database.transaction(async (transaction) => {
      await firstTime(transaction, 'g', [event]);
      throw new Error('undone');
    });
    await expect(failing).rejects.toThrow('undone');
    const again = await world.database.transaction((transaction) => firstTime(transaction, 'g', [event]));
    expect(numbersOf(again)).toEqual([1]);
  });
}
