import type { Event } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { expect, it } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { addedOnly, copyAdded } from '../src/copies/added-copies.ts';
import { events } from './support/events.ts';

it('copies posts with one plan, and not with a new one for each', async () => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'timeline test' });
  const client = await database.pool.connect();
  const onOneConnection: Database = {
    ...database,
    query: async ({ name, text }, values = []) => (await client.query({ name, text, values: [...values] })).rows,
  };
  const times = 20;
  for (let number = 1; number <= times; number++) {
    const event: Event = { ...events.posted({ id: String(number), authorId: '7' }), occurredAt: new Date() };
    await copyAdded(onOneConnection, 'timeline.copies', addedOnly([event]) ?? []);
  }
  const { rows } = await client.query(
    `SELECT custom_plans::int AS custom, generic_plans::int AS generic FROM pg_prepared_statements WHERE name = 'timeline.copyAdded'`,
  );
  // PostgreSQL looks at the values of the first five.
  expect(rows).toEqual([{ custom: 5, generic: times - 5 }]);
  client.release();
  await database.close();
  await drop();
});
