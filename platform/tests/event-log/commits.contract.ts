import { statement } from '@starling/platform/postgres';
import { expect, test } from 'vitest';
import { numbered, TOPIC } from '../support/events.ts';
import type { EventLogWorld } from './world.ts';

/** A change and its event, which are one. */
export function commitsContract(world: EventLogWorld): void {
  test('one change and its event are committed together, or neither is', async () => {
    const { numbers, caughtUp } = await world.collect('g');
    await world.database.query(statement('tests.makeThings', 'create table things (id int primary key)'));
    const add = (id: number) => ({
      statement: statement('tests.addThing', 'insert into things values ($1)'),
      values: [id],
    });
    await world.log.commit(world.database, add(1), numbered(1));
    await expect(world.log.commit(world.database, add(1), numbered(2))).rejects.toThrow('things_pkey');
    await world.log.commit(world.database, add(3), numbered(3));
    await caughtUp();
    expect(numbers).toEqual([1, 3]);
    const things = await world.database.query(statement('tests.readThings', 'select id from things order by id'));
    expect(things).toEqual([{ id: 1 }, { id: 3 }]);
  });

  test('a change that finds that it must not be made has no event, and one that is made tells what it found', async () => {
    const told: unknown[] = [];
    const running = await world.log.consume({
      group: 'g',
      topics: [TOPIC],
      handle: async (events) => void told.push(...events.map(({ payload }) => payload)),
    });
    await world.database.query(statement('tests.makePlaces', 'create table places (id int primary key, taken_by int)'));
    await world.database.query(statement('tests.addPlaces', 'insert into places values (1, null), (2, 7)'));
    const take = (place: number, by: number) => ({
      name: 'tests.takePlace',
      queries: `place as materialized (select * from places where id = $1 for update),
        taken as (update places set taken_by = $2 from place where places.id = place.id and place.taken_by is null returning 1),
        change as (select exists (select from taken) as made, jsonb_build_object('at', $1::int) as told,
          (select taken_by from place) as before)`,
      values: [place, by],
    });
    expect(await world.log.commitChecked(world.database, take(1, 5), numbered(1))).toMatchObject({
      made: true,
      before: null,
    });
    expect(await world.log.commitChecked(world.database, take(2, 5), numbered(2))).toMatchObject({
      made: false,
      before: 7,
    });
    expect(await world.log.commitChecked(world.database, take(3, 5), numbered(3))).toMatchObject({
      made: false,
      before: null,
    });
    // At the same moment: the lock is waited for, and what is found behind it counts.
    await world.database.query(statement('tests.freePlace', 'update places set taken_by = null where id = 2'));
    const racing = await Promise.all(
      [4, 5, 6].map((by) => world.log.commitChecked(world.database, take(2, by), numbered(by))),
    );
    expect(racing.filter(({ made }) => made)).toHaveLength(1);
    await running.caughtUp();
    expect(told).toEqual([
      { number: 1, at: 1 },
      { number: 4 + racing.findIndex(({ made }) => made), at: 2 },
    ]);
  });
}
