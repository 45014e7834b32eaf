import { openDatabase, statement } from '@starling/platform/postgres';
import { createInProcessPubSub, createPostgresPubSub } from '@starling/platform/pub-sub';
import { expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../tests/support/database.ts';
import { pubSubContract } from './pub-sub.contract.ts';
import { gate } from './support/gate.ts';

pubSubContract('A process', {
  async prepare() {},
  open() {
    const one = createInProcessPubSub();
    return [one, one];
  },
  async close() {},
});

let created: TestDatabase;
pubSubContract('PostgreSQL', {
  async prepare() {
    created = await createTestDatabase();
  },
  open: () => [createPostgresPubSub(created), createPostgresPubSub(created)],
  close: () => created.drop(),
});

test('in PostgreSQL a broken connection is a gap for every subscriber, and later messages arrive', async () => {
  const { url, drop } = await createTestDatabase();
  const database = openDatabase({ url, applicationName: 'pub/sub tests' });
  const publisher = createPostgresPubSub({ url });
  const listener = createPostgresPubSub({ url });
  const gaps = [gate(), gate()] as const;
  const arrived = gate();
  const messages: unknown[] = [];
  await listener.subscribe('a', () => {}, gaps[0].open);
  await listener.subscribe(
    'b',
    (message) => {
      messages.push(message);
      if (message === 2) arrived.open();
    },
    gaps[1].open,
  );
  const cut = await database.query(
    statement(
      'tests.cutListeners',
      `select pg_terminate_backend(pid) from pg_stat_activity
       where datname = current_database() and application_name = 'starling pub/sub listener'`,
    ),
  );
  expect(cut).toHaveLength(1);
  await Promise.all(gaps.map(({ opened }) => opened));
  await publisher.publish('b', 2);
  await arrived.opened;
  expect(messages).toEqual([2]);
  await Promise.all([publisher.stop(), listener.stop(), database.close()]);
  await drop();
});
