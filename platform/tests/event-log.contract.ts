import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { type Event, type EventLog, firstTime, thisMoment } from '@starling/platform/event-log';
import { type Database, openDatabase, statement } from '@starling/platform/postgres';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { commit, numbered, numbersOf, TOPIC } from './support/events.ts';
import { gate } from './support/gate.ts';

export interface EventLogHarness {
  /** A log on the database at this address, as a process of its own would open it. */
  open(url: string): EventLog;
  /** A fresh database. */
  createDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  /** Breaks every connection that the log has open now. */
  breakConnections(database: Database): Promise<void>;
  /** Called by a handler after its effect: keeps its batch from being counted as handled. May throw. */
  loseOffset(database: Database): Promise<void>;
  /** What `fixtures/dying-consumer.ts` needs to open a log on this database. */
  argumentsOf(url: string): readonly string[];
  /** The dead-letter topics' numbers for a group, with the error of each. */
  deadLetters(database: Database, group: string): Promise<{ topic: string; number: number; error: string }[]>;
}

/** What every event log does. */
export function eventLogContract(name: string, harness: EventLogHarness): void {
  describe(`${name} as an event log`, () => {
    let database: Database;
    let log: EventLog;
    let opened: EventLog[];
    let drop: () => Promise<void>;

    const open = (): EventLog => {
      const another = harness.open(database.url);
      opened.push(another);
      return another;
    };

    /** A group that keeps the numbers it gets. */
    const collect = async (group: string, from: EventLog = log, offset: 'stored' | 'memory' = 'stored') => {
      const numbers: number[] = [];
      const consumer = await from.consume({
        group,
        topics: [TOPIC],
        offset,
        async handle(events) {
          numbers.push(...numbersOf(events));
        },
      });
      return { numbers, ...consumer };
    };

    beforeEach(async () => {
      const created = await harness.createDatabase();
      drop = created.drop;
      database = openDatabase({ url: created.url, applicationName: 'event log tests', maxConnections: 20 });
      opened = [];
      log = open();
    });

    afterEach(async () => {
      await Promise.all(opened.map((each) => each.stop()));
      await database.close();
      await drop();
    });

    test('events reach every group whole, in order, whether they were committed before it began or after', async () => {
      const event = numbered(1, 'a key');
      await database.transaction((transaction) => log.append(transaction, [event, numbered(2)]));
      const got: Event[] = [];
      const first = await log.consume({
        group: 'first',
        topics: [TOPIC],
        async handle(events) {
          got.push(...events);
        },
      });
      const second = await collect('second');
      await commit(database, log, 3, 4);
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
      const { caughtUp } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        async handle(events) {
          got.push(...events);
        },
      });
      await database.transaction((transaction) => log.append(transaction, [{ ...numbered(0), payload }]));
      await caughtUp();
      expect(got.map((event) => event.payload)).toEqual([payload]);
    });

    test('only the topics asked for arrive', async () => {
      const { numbers, caughtUp } = await collect('g');
      await database.transaction((transaction) =>
        log.append(transaction, [
          numbered(1, 'k', 'tests.other'),
          numbered(2),
          numbered(3, 'k', `${TOPIC}.dead-letter`),
        ]),
      );
      await caughtUp();
      expect(numbers).toEqual([2]);
    });

    test('a transaction of many thousands of events arrives whole and in order', async () => {
      const { numbers, caughtUp } = await collect('g');
      const all = Array.from({ length: 12_345 }, (_, number) => number);
      await commit(database, log, ...all);
      await caughtUp();
      expect(numbers).toEqual(all);
    });

    test('what was rolled back is never seen', async () => {
      const { numbers, caughtUp } = await collect('g');
      const failing = database.transaction(async (transaction) => {
        await log.append(transaction, [numbered(1)]);
        throw new Error('never mind');
      });
      await expect(failing).rejects.toThrow('never mind');
      await commit(database, log, 2);
      await caughtUp();
      expect(numbers).toEqual([2]);
    });

    test('one change and its event are committed together, or neither is', async () => {
      const { numbers, caughtUp } = await collect('g');
      await database.query(statement('tests.makeThings', 'create table things (id int primary key)'));
      const add = (id: number) => ({
        statement: statement('tests.addThing', 'insert into things values ($1)'),
        values: [id],
      });
      await log.commit(database, add(1), numbered(1));
      await expect(log.commit(database, add(1), numbered(2))).rejects.toThrow('things_pkey');
      await log.commit(database, add(3), numbered(3));
      await caughtUp();
      expect(numbers).toEqual([1, 3]);
      const things = await database.query(statement('tests.readThings', 'select id from things order by id'));
      expect(things).toEqual([{ id: 1 }, { id: 3 }]);
    });

    test('a change that finds that it must not be made has no event, and one that is made tells what it found', async () => {
      const told: unknown[] = [];
      const running = await log.consume({
        group: 'g',
        topics: [TOPIC],
        handle: async (events) => void told.push(...events.map(({ payload }) => payload)),
      });
      await database.query(statement('tests.makePlaces', 'create table places (id int primary key, taken_by int)'));
      await database.query(statement('tests.addPlaces', 'insert into places values (1, null), (2, 7)'));
      const take = (place: number, by: number) => ({
        name: 'tests.takePlace',
        queries: `place as materialized (select * from places where id = $1 for update),
          taken as (update places set taken_by = $2 from place where places.id = place.id and place.taken_by is null returning 1),
          change as (select exists (select from taken) as made, jsonb_build_object('at', $1::int) as told,
            (select taken_by from place) as before)`,
        values: [place, by],
      });
      expect(await log.commitChecked(database, take(1, 5), numbered(1))).toMatchObject({ made: true, before: null });
      expect(await log.commitChecked(database, take(2, 5), numbered(2))).toMatchObject({ made: false, before: 7 });
      expect(await log.commitChecked(database, take(3, 5), numbered(3))).toMatchObject({ made: false, before: null });
      // At the same moment: the lock is waited for, and what is found behind it counts.
      await database.query(statement('tests.freePlace', 'update places set taken_by = null where id = 2'));
      const racing = await Promise.all([4, 5, 6].map((by) => log.commitChecked(database, take(2, by), numbered(by))));
      expect(racing.filter(({ made }) => made)).toHaveLength(1);
      await running.caughtUp();
      expect(told).toEqual([
        { number: 1, at: 1 },
        { number: 4 + racing.findIndex(({ made }) => made), at: 2 },
      ]);
    });

    test('a transaction that stays open holds nobody up, and its events come when it commits', async () => {
      const { numbers, caughtUp } = await collect('g');
      const appended = gate();
      const mayCommit = gate();
      const slow = database.transaction(async (transaction) => {
        await log.append(transaction, [numbered(1, 'slow')]);
        appended.open();
        await mayCommit.opened;
      });
      await appended.opened;
      await commit(database, log, 2, 3);
      await caughtUp();
      expect(numbers).toEqual([2, 3]);
      await commit(database, log, 4);
      await caughtUp();
      mayCommit.open();
      await slow;
      await caughtUp();
      expect(numbers).toEqual([2, 3, 4, 1]);
    });

    test('one key keeps its order of commits when the transaction that began first commits last', async () => {
      const { numbers, caughtUp } = await collect('g');
      const begun = gate();
      const mayAppend = gate();
      const elder = database.transaction(async (transaction) => {
        await transaction.query(statement('tests.takeTransactionId', 'select pg_current_xact_id()'));
        begun.open();
        await mayAppend.opened;
        await log.append(transaction, [numbered(2, 'same')]);
      });
      await begun.opened;
      await database.transaction((transaction) => log.append(transaction, [numbered(1, 'same')]));
      mayAppend.open();
      await elder;
      await caughtUp();
      expect(numbers).toEqual([1, 2]);
    });

    test('order per key, nothing lost and nothing twice, with many writers, slow ones and a reader at once', async () => {
      const KEYS = 4;
      const WRITERS = 12;
      const WRITES = 25;
      await database.query(statement('tests.makeCounters', 'create table counters (key int primary key, value int)'));
      await database.query(
        statement(
          'tests.fillCounters',
          'insert into counters select key, 0 from generate_series(0, $1::int - 1) as key',
        ),
        [KEYS],
      );
      const next = statement('tests.next', 'update counters set value = value + 1 where key = $1 returning value');
      const linger = statement('tests.linger', 'select pg_sleep($1)');

      const got = new Map<string, number[]>();
      const { caughtUp } = await log.consume({
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
            await database.transaction(async (transaction) => {
              const [row] = await transaction.query<{ value: number }>(next, [key]);
              await log.append(transaction, [numbered(row?.value ?? -1, String(key))]);
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

    test('a batch whose offset was not kept is delivered again, and firstTime makes its effect happen once', async () => {
      const count = statement('tests.countUp', 'update effects set value = value + $1');
      await database.query(statement('tests.makeEffects', 'create table effects as select 0 as value'));
      let deliveries = 0;
      let fresh = 0;
      const { caughtUp } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        async handle(events) {
          deliveries++;
          await database.transaction(async (transaction) => {
            const first = await firstTime(transaction, 'g', events);
            fresh += first.length;
            await transaction.query(count, [first.length]);
          });
          if (deliveries === 1) await harness.loseOffset(database);
        },
      });
      await commit(database, log, 1, 2, 3);
      // The question itself may be cut off by the break: connections end a little after they are told to.
      const asked = () =>
        caughtUp().then(
          () => true,
          () => false,
        );
      while (!(await asked()) || deliveries < 2);
      expect(deliveries).toBeGreaterThan(1);
      expect(fresh).toBe(3);
      expect(await database.query(statement('tests.readEffects', 'select value from effects'))).toEqual([{ value: 3 }]);
    });

    test('what a process had in hand when it was killed is delivered to the next one', async () => {
      const fixture = join(import.meta.dirname, 'fixtures/dying-consumer.ts');
      await commit(database, log, 1, 2);
      const dying = spawn(
        process.execPath,
        ['--import', 'tsx', '--conditions', 'starling-source', fixture, ...harness.argumentsOf(database.url)],
        { stdio: 'inherit' },
      );
      expect(await once(dying, 'close')).toEqual([null, 'SIGKILL']);
      const { numbers, caughtUp } = await collect('g');
      await caughtUp();
      expect(numbers).toEqual([1, 2]);
    });

    test('with connections breaking all the time, three processes make each effect once and in order per key', async () => {
      const KEYS = 3;
      const WRITES = 120;
      const BREAKS = 12;
      await database.query(
        statement('tests.makeLocks', 'create table locks as select key, 0 as value from generate_series(0, 2) as key'),
      );
      await database.query(
        statement(
          'tests.makeNotes',
          'create table notes (place int generated always as identity, key text, value int)',
        ),
      );
      const next = statement('tests.nextLocked', 'update locks set value = value + 1 where key = $1 returning value');
      const note = statement(
        'tests.note',
        'insert into notes (key, value) select key, value from unnest($1::text[], $2::int[]) with ordinality as fresh(key, value, place) order by place',
      );
      const consumers = await Promise.all(
        [log, open(), open()].map((each) =>
          each.consume({
            group: 'g',
            topics: [TOPIC],
            handle: (events) =>
              database.transaction(
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
            await database.transaction(async (transaction) => {
              const [row] = await transaction.query<{ value: number }>(next, [key]);
              await log.append(transaction, [numbered(row?.value ?? -1, String(key))]);
            });
            if (write % 10 === 5) await consumers[key % consumers.length]?.caughtUp().catch(() => {});
            if (key === 0 && write % (WRITES / BREAKS) === 0) {
              await harness.breakConnections(database);
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
      const notes = await database.query<{ key: string; value: number }>(
        statement('tests.readNotes', 'select key, value from notes order by place'),
      );
      const perKey = Array.from({ length: WRITES }, (_, index) => index + 1);
      for (let key = 0; key < KEYS; key++) {
        expect(notes.filter((each) => each.key === String(key)).map(({ value }) => value)).toEqual(perKey);
      }
      expect(await harness.deadLetters(database, 'g')).toEqual([]);
    });

    test('after its connections broke the log goes on by itself, and nothing is lost', async () => {
      const { numbers, caughtUp } = await collect('g');
      await commit(database, log, 1);
      await caughtUp();
      await harness.breakConnections(database);
      await commit(database, log, 2);
      const another = open();
      const other = await collect('other', another);
      await other.caughtUp();
      await caughtUp();
      expect(numbers).toEqual([1, 2]);
    });

    test('events committed elsewhere are handled without anybody asking', async () => {
      const arrived = gate();
      await log.consume({
        group: 'g',
        topics: [TOPIC],
        async handle() {
          arrived.open();
        },
      });
      await commit(database, open(), 1);
      await arrived.opened;
    });

    test('an event that always fails goes to its dead-letter topic, and the others are handled', async () => {
      const numbers: number[] = [];
      let attempts = 0;
      const { caughtUp } = await log.consume({
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
      const others = await collect('others');
      await commit(database, log, 1, 2, 3, 4, 5);
      await Promise.all([caughtUp(), others.caughtUp()]);
      expect(numbers).toEqual([1, 2, 4, 5]);
      expect(attempts).toBeGreaterThan(4);
      expect(others.numbers).toEqual([1, 2, 3, 4, 5]);
      expect(await harness.deadLetters(database, 'g')).toEqual([
        { topic: `${TOPIC}.dead-letter`, number: 3, error: expect.stringContaining('three is bad') },
      ]);
      await commit(database, log, 6);
      await caughtUp();
      expect(numbers).toEqual([1, 2, 4, 5, 6]);
    });

    test('a batch that fails for a moment is tried again whole', async () => {
      let failures = 0;
      const numbers: number[] = [];
      const { caughtUp } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        async handle(events) {
          if (failures++ < 2) throw new Error('not yet');
          numbers.push(...numbersOf(events));
        },
      });
      await commit(database, log, 1, 2);
      await caughtUp();
      expect(numbers).toEqual([1, 2]);
      expect(await harness.deadLetters(database, 'g')).toEqual([]);
    });

    test('no event is blamed for a database that is away', async () => {
      let away = true;
      const numbers: number[] = [];
      const { caughtUp } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        async handle(events) {
          if (away) throw Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' });
          numbers.push(...numbersOf(events));
        },
      });
      await commit(database, log, 1, 2);
      await expect(caughtUp()).rejects.toThrow('ECONNREFUSED');
      away = false;
      await caughtUp();
      expect(numbers).toEqual([1, 2]);
      expect(await harness.deadLetters(database, 'g')).toEqual([]);
    });

    test('processes of one group share the work: one batch at a time, each event once, in order', async () => {
      const numbers: number[] = [];
      let busy = 0;
      const consumers = await Promise.all(
        [log, open(), open()].map((each) =>
          each.consume({
            group: 'g',
            topics: [TOPIC],
            async handle(events) {
              expect(++busy).toBe(1);
              await database.query(statement('tests.work', 'select pg_sleep(0.001)'));
              numbers.push(...numbersOf(events));
              busy--;
            },
          }),
        ),
      );
      const all = Array.from({ length: 60 }, (_, number) => number);
      for (const number of all) {
        await commit(database, log, number);
        if (number % 7 === 0) await consumers[number % 3]?.caughtUp();
      }
      await Promise.all(consumers.map((consumer) => consumer.caughtUp()));
      expect(numbers).toEqual(all);
    });

    test('caughtUp waits for a batch that another process of the group has in hand', async () => {
      const begun = gate();
      const mayEnd = gate();
      const order: string[] = [];
      await open().consume({
        group: 'g',
        topics: [TOPIC],
        async handle() {
          begun.open();
          await mayEnd.opened;
          order.push('handled');
        },
      });
      await commit(database, log, 1);
      await begun.opened;
      const { caughtUp } = await collect('g');
      const asked = caughtUp().then(() => order.push('caught up'));
      mayEnd.open();
      await asked;
      expect(order).toEqual(['handled', 'caught up']);
    });

    test('a memory offset begins as it is made: with what commits afterwards, also of transactions then open', async () => {
      await commit(database, log, 1);
      const appended = gate();
      const mayCommit = gate();
      const slow = database.transaction(async (transaction) => {
        await log.append(transaction, [numbered(2)]);
        appended.open();
        await mayCommit.opened;
      });
      await appended.opened;
      const { numbers, caughtUp, stop } = await collect('m', log, 'memory');
      await commit(database, log, 3);
      await caughtUp();
      expect(numbers).toEqual([3]);
      mayCommit.open();
      await slow;
      await caughtUp();
      expect(numbers).toEqual([3, 2]);
      await stop();
      await commit(database, log, 4);
      const again = await collect('m', log, 'memory');
      await commit(database, log, 5);
      await again.caughtUp();
      expect(again.numbers).toEqual([5]);
    });

    test('processes with a memory offset of the same name each get everything', async () => {
      const all = await Promise.all([log, open()].map((each) => collect('m', each, 'memory')));
      const many = Array.from({ length: 2_500 }, (_, number) => number);
      await commit(database, log, ...many);
      await Promise.all(all.map(({ caughtUp }) => caughtUp()));
      for (const { numbers } of all) expect(numbers).toEqual(many);
    });

    test('a memory offset that looks back begins with what was committed in that time, then goes on', async () => {
      const many = Array.from({ length: 2_500 }, (_, number) => number);
      await commit(database, log, ...many.slice(0, 1_500));
      await commit(database, log, ...many.slice(1_500));
      const numbers: number[] = [];
      const { caughtUp } = await open().consume({
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
      await commit(database, log, 2_500);
      await caughtUp();
      expect(numbers).toEqual([...many, 2_500]);
    });

    test('stop lets the batch under way finish, and the next process resumes after it', async () => {
      const begun = gate();
      const mayEnd = gate();
      const handled: number[] = [];
      const { stop } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        async handle(events) {
          begun.open();
          await mayEnd.opened;
          handled.push(...numbersOf(events));
        },
      });
      await commit(database, log, 1, 2);
      await begun.opened;
      const stopping = stop();
      mayEnd.open();
      await stopping;
      // How much is in a batch is the log's affair: what was not in this one is the next process's.
      const inTheBatch = handled.length;
      expect(handled).toEqual([1, 2].slice(0, Math.max(1, inTheBatch)));
      await commit(database, log, 3);
      const { numbers, caughtUp } = await collect('g', open());
      await caughtUp();
      expect(handled).toHaveLength(inTheBatch);
      expect(numbers).toEqual([1, 2, 3].slice(inTheBatch));
    });

    test('a stopped consumer handles nothing more and says so to who asks', async () => {
      const { numbers, caughtUp, stop } = await collect('g');
      await stop();
      await commit(database, log, 1);
      await expect(caughtUp()).rejects.toThrow(/stopped/);
      expect(numbers).toEqual([]);
    });

    test('for a moment everything that was committed before it is waited for, and again once the asker has written', async () => {
      const all = [await collect('stored'), await collect('memory', log, 'memory')];
      const moment = thisMoment();
      await commit(database, log, 1);
      for (const { numbers, caughtUp } of all) {
        await caughtUp(moment);
        expect(numbers).toEqual([1]);
      }
      await commit(database, log, 2);
      moment.renew();
      expect(all.some(({ isCaughtUp }) => isCaughtUp(moment))).toBe(false);
      for (const { numbers, caughtUp } of all) {
        await caughtUp(moment);
        expect(numbers).toEqual([1, 2]);
      }
    });

    test('for a moment, too, a stopped consumer says so to who asks', async () => {
      const { caughtUp, isCaughtUp, stop } = await collect('g');
      const moment = thisMoment();
      await caughtUp(moment);
      await stop();
      expect(isCaughtUp(moment)).toBe(false);
      await expect(caughtUp(moment)).rejects.toThrow(/stopped/);
    });

    test('processAll waits for every consumer of the process', async () => {
      const all = [await collect('one'), await collect('two'), await collect('three', log, 'memory')];
      await commit(database, log, 1, 2);
      await log.processAll();
      for (const { numbers } of all) expect(numbers).toEqual([1, 2]);
    });

    test('fifty that ask at once wait for what was committed before they asked', async () => {
      const { numbers, caughtUp } = await collect('g');
      for (let round = 1; round <= 20; round++) {
        await commit(database, log, round);
        const answers = Array.from({ length: 50 }, async () => {
          await caughtUp();
          return numbers.length;
        });
        for (const known of await Promise.all(answers)) expect(known).toBe(round);
      }
    });

    test('firstTime answers each event once per group, in order, also within a batch and beside another transaction', async () => {
      const events = [numbered(1), numbered(2), numbered(3)].map((event) => ({ ...event, occurredAt: new Date() }));
      const [one, two, three] = events as [Event, Event, Event];
      const first = (group: string, batch: Event[]) =>
        database.transaction(async (transaction) => numbersOf(await firstTime(transaction, group, batch)));
      expect(await first('g', [two, one, two])).toEqual([2, 1]);
      expect(await first('g', [three, two, one])).toEqual([3]);
      expect(await first('other', events)).toEqual([1, 2, 3]);
      expect(await first('g', [])).toEqual([]);
      const both = await Promise.all([first('beside', events), first('beside', [three, two, one])]);
      expect(both.flat().sort()).toEqual([1, 2, 3]);
    });

    test('an effect that was rolled back has not happened: firstTime answers its events again', async () => {
      const event: Event = { ...numbered(1), occurredAt: new Date() };
      const failing = database.transaction(async (transaction) => {
        await firstTime(transaction, 'g', [event]);
        throw new Error('undone');
      });
      await expect(failing).rejects.toThrow('undone');
      const again = await database.transaction((transaction) => firstTime(transaction, 'g', [event]));
      expect(numbersOf(again)).toEqual([1]);
    });
  });
}
