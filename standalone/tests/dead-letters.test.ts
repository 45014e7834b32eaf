import { createPostgresEventLog, type EventLog, eventType, firstTime, makeEvent } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { createTestDatabase } from '../../tests/support/database.ts';
import { readCommand, runDeadLetters } from '../src/dead-letters/run-dead-letters.ts';

const drawn = eventType('tests.number', 'number.drawn.v1', z.object({ number: z.number() }));

let database: Database;
let log: EventLog;
let drop: () => Promise<void>;

beforeEach(async () => {
  const created = await createTestDatabase();
  drop = created.drop;
  database = openDatabase({ url: created.url, applicationName: 'dead letters tests' });
  log = createPostgresEventLog({ url: created.url });
});

afterEach(async () => {
  await log.stop();
  await database.close();
  await drop();
});

const call = (...args: string[]) => runDeadLetters(database, readCommand(args));

test('what a consumer could not handle is listed, shown and handed to it again, and to nobody else twice', async () => {
  let broken = true;
  const counted = { well: 0, badly: 0 };
  const count = (group: 'well' | 'badly') => ({
    group,
    topics: [drawn.topic],
    handle: (events: Parameters<typeof firstTime>[2]) =>
      database.transaction(async (transaction) => {
        const fresh = await firstTime(transaction, group, events);
        if (group === 'badly' && broken) throw new Error('it is broken');
        counted[group] += fresh.length;
      }),
  });
  await log.consume(count('well'));
  await log.consume(count('badly'));
  const event = makeEvent(drawn, 'k', { number: 7 });
  await database.transaction((transaction) => log.append(transaction, [event]));
  await log.processAll();

  const list = await call('list');
  expect(list.text).toContain(`${event.id}  tests.number  number.drawn.v1  badly  Error: it is broken`);
  expect((await call('list', '--group', 'well')).text).toBe('There are no dead letters.');
  const show = await call('show', event.id);
  expect(show.text).toContain('payload   {"number":7}');
  expect(show.text).toContain('badly, after 8 attempts');

  broken = false;
  expect(await call('replay', event.id)).toEqual({
    text: '1 events are on their way again (1 dead letters).',
    code: 0,
  });
  await log.processAll();
  expect(counted).toEqual({ well: 1, badly: 1 });
  expect(await call('replay', '--all')).toEqual({ text: 'There is no such dead letter.', code: 1 });
});

test.each([
  [[], 'Say list, show or replay.'],
  [['show'], 'Say which event to show.'],
  [['replay'], 'Say which event to replay, or --all.'],
  [['show', 'seven'], 'seven is no event id.'],
  [['list', '--colour'], 'Unknown option'],
])('a call that is not understood says why: %j', (args, why) => {
  expect(() => readCommand(args)).toThrow(why);
});
