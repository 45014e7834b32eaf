import { statement } from '@starling/platform/postgres';
import { expect, test } from 'vitest';
import { commit, numbered, numbersOf, TOPIC } from '../support/events.ts';
import { gate } from '../support/gate.ts';
import type { EventLogWorld } from './world.ts';

/** Order per key, whoever commits when, and work that processes share. */
export function orderContract(world: EventLogWorld): void {
  test('a transaction that stays open holds nobody up, and its events come when it commits', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    const appended = gate();
    const mayCommit = gate();
    const slow = world.database.transaction(async (transaction) => {
      await world.log.append(transaction, [numbered(1, 'slow')]);
      appended.open();
      await mayCommit.opened;
    });
    await appended.opened;
    await commit(world.database, world.log, 2, 3);
    await caughtUp();
    expect(numbers).toEqual([2, 3]);
    await commit(world.database, world.log, 4);
    await caughtUp();
    mayCommit.open();
    await slow;
    await caughtUp();
    expect(numbers).toEqual([2, 3, 4, 1]);
  });

  test('one key keeps its order of commits when the transaction that began first commits last', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    const begun = gate();
    const mayAppend = gate();
    const elder = world.database.transaction(async (transaction) => {
      await transaction.query(statement('tests.takeTransactionId', 'select pg_current_xact_id()'));
      begun.open();
      await mayAppend.opened;
      await world.log.append(transaction, [numbered(2, 'same')]);
    });
    await begun.opened;
    await world.database.transaction((transaction) => world.log.append(transaction, [numbered(1, 'same')]));
    mayAppend.open();
    await elder;
    await caughtUp();
    expect(numbers).toEqual([1, 2]);
  });

  test('order per key, nothing lost and nothing twice, with many writers, slow ones and a reader at once', async () => {
    const KEYS = 4;
    const WRITERS = 12;
    const WRITES = 25;
    await world.database.query(
      statement('tests.makeCounters', 'create table counters (key int primary key, value int)'),
    );
    await world.database.query(
      statement('tests.fillCounters', 'insert into counters select key, 0 from generate_series(0, $1::int - 1) as key'),
      [KEYS],
    );
    const next = statement('tests.next', 'update counters set value = value + 1 where key = $1 returning value');
    const linger = statement('tests.linger', 'select pg_sleep($1)');

    const got = new Map<string, number[]>();
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        for (const event of events) got.set(event.key, [...(got.get(event.key) ?? []), ...numbersOf([event])]);
      },
    });

    let writing = true;
    const reading = (async () => {
      while (writing) await caughtUp();
    })();
    await Promise.all(
      Array.from({ length: WRITERS }, async (_, writer) => {
        for (let write = 0; write < WRITES; write++) {
          const key = (writer + write) % KEYS;
          await world.database.transaction(async (transaction) => {
            const [row] = await transaction.query<{ value: number }>(next, [key]);
            await world.log.append(transaction, [numbered(row?.value ?? -1, String(key))]);
            // Positions are taken; now the commit is late, by a different time for each writer.
            await transaction.query(linger, [((writer * 7 + write) % 5) / 1_000]);
          });
        }
      }),
    );
    writing = false;
    await reading;
    await caughtUp();
    const perKey = (WRITERS * WRITES) / KEYS;
    const expected = Array.from({ length: perKey }, (_, index) => index + 1);
    for (let key = 0; key < KEYS; key++) expect(got.get(String(key)), `key ${key}`).toEqual(expected);
  });

  test('processes of one group share the work: one batch at a time, each event once, in order', async () => {
    const numbers: number[] = [];
    let busy = 0;
    const consumers = await Promise.all(
      [world.log, world.open(), world.open()].map((each) =>
        each.consume({
          group: 'g',
          topics: [TOPIC],
          async handle(events) {
            expect(++busy).toBe(1);
            await world.database.query(statement('tests.work', 'select pg_sleep(0.001)'));
            numbers.push(...numbersOf(events));
            busy--;
          },
        }),
      ),
    );
    const all = Array.from({ length: 60 }, (_, number) => number);
    for (const number of all) {
      await commit(world.database, world.log, number);
      if (number % 7 === 0) await consumers[number % 3]?.caughtUp();
    }
    await Promise.all(consumers.map((consumer) => consumer.caughtUp()));
    expect(numbers).toEqual(all);
  });
}
