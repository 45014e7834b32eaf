import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { firstTime } from '@starling/platform/event-log';
import { statement } from '@starling/platform/postgres';
import { expect, test } from 'vitest';
import { commit, numbered, numbersOf, TOPIC } from '../support/events.ts';
import type { EventLogWorld } from './world.ts';

/** Processes that die and connections that break. */
export function breaksContract(world: EventLogWorld): void {
  test('a batch whose offset was not kept is delivered again, and firstTime makes its effect happen once', async () => {
    const count = statement('tests.countUp', 'update effects set value = value + $1');
    await world.database.query(statement('tests.makeEffects', 'create table effects as select 0 as value'));
    let deliveries = 0;
    let fresh = 0;
    const { caughtUp } = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      async handle(events) {
        deliveries++;
        await world.database.transaction(async (transaction) => {
          const first = await firstTime(transaction, 'g', events);
          fresh += first.length;
          await transaction.query(count, [first.length]);
        });
        if (deliveries === 1) await world.harness.loseOffset(world.database);
      },
    });
    await commit(world.database, world.log, 1, 2, 3);
    // The question itself may be cut off by the break: connections end a little after they are told to.
    const asked = () =>
      caughtUp().then(
        () => true,
        () => false,
      );
    while (!(await asked()) || deliveries < 2);
    expect(deliveries).toBeGreaterThan(1);
    expect(fresh).toBe(3);
    expect(await world.database.query(statement('tests.readEffects', 'select value from effects'))).toEqual([
      { value: 3 },
    ]);
  });

  test('what a process had in hand when it was killed is delivered to the next one', async () => {
    const fixture = join(import.meta.dirname, '../fixtures/dying-consumer.ts');
    await commit(world.database, world.log, 1, 2);
    const dying = spawn(
      process.execPath,
      ['--import', 'tsx', '--conditions', 'starling-source', fixture, ...world.harness.argumentsOf(world.database.url)],
      { stdio: 'inherit' },
    );
    expect(await once(dying, 'close')).toEqual([null, 'SIGKILL']);
    const { numbers, caughtUp } = await world.collect('g');
    await caughtUp();
    expect(numbers).toEqual([1, 2]);
  });

  test('with connections breaking all the time, three processes make each effect once and in order per key', async () => {
    const KEYS = 3;
    const WRITES = 120;
    const BREAKS = 12;
    await world.database.query(
      statement('tests.makeLocks', 'create table locks as select key, 0 as value from generate_series(0, 2) as key'),
    );
    await world.database.query(
      statement('tests.makeNotes', 'create table notes (place int generated always as identity, key text, value int)'),
    );
    const next = statement('tests.nextLocked', 'update locks set value = value + 1 where key = $1 returning value');
    const note = statement(
      'tests.note',
      'insert into notes (key, value) select key, value from unnest($1::text[], $2::int[]) with ordinality as fresh(key, value, place) order by place',
    );
    const consumers = await Promise.all(
      [world.log, world.open(), world.open()].map((each) =>
        each.consume({
          group: 'g',
          topics: [TOPIC],
          handle: (events) =>
            world.database.transaction(
              async (transaction) => {
                const first = await firstTime(transaction, 'g', events);
                await transaction.query(note, [first.map(({ key }) => key), numbersOf(first)]);
              },
              { durable: false },
            ),
        }),
      ),
    );

    let broken = 0;
    await Promise.all(
      Array.from({ length: KEYS }, async (_, key) => {
        for (let write = 0; write < WRITES; write++) {
          await world.database.transaction(async (transaction) => {
            const [row] = await transaction.query<{ value: number }>(next, [key]);
            await world.log.append(transaction, [numbered(row?.value ?? -1, String(key))]);
          });
          if (write % 10 === 5) await consumers[key % consumers.length]?.caughtUp().catch(() => {});
          if (key === 0 && write % (WRITES / BREAKS) === 0) {
            await world.harness.breakConnections(world.database);
            broken++;
          }
        }
      }),
    );
    expect(broken).toBe(BREAKS);
    for (const { caughtUp } of consumers) {
      // Until a question is not cut off any more.
      while (
        !(await caughtUp().then(
          () => true,
          () => false,
        ))
      );
    }
    const notes = await world.database.query<{ key: string; value: number }>(
      statement('tests.readNotes', 'select key, value from notes order by place'),
    );
    const perKey = Array.from({ length: WRITES }, (_, index) => index + 1);
    for (let key = 0; key < KEYS; key++) {
      expect(notes.filter((each) => each.key === String(key)).map(({ value }) => value)).toEqual(perKey);
    }
    expect(await world.harness.deadLetters(world.database, 'g')).toEqual([]);
  });

  test('after its connections broke the log goes on by itself, and nothing is lost', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    await commit(world.database, world.log, 1);
    await caughtUp();
    await world.harness.breakConnections(world.database);
    await commit(world.database, world.log, 2);
    const another = world.open();
    const other = await world.collect('other', another);
    await other.caughtUp();
    await caughtUp();
    expect(numbers).toEqual([1, 2]);
  });
}
