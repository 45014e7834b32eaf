import { openDatabase, statement } from '@starling/platform/postgres';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { handledWindows } from '../src/event-log/postgres/handled.ts';
import { seenIn } from '../src/event-log/postgres/snapshot.ts';

const isVisible = statement(
  'tests.isVisibleInSnapshot',
  `select transaction, pg_visible_in_snapshot(transaction::xid8, $2::pg_snapshot) as visible
   from unnest($1::text[]) as asked (transaction)`,
);

describe('a snapshot', () => {
  let created: Awaited<ReturnType<typeof createTestDatabase>>;
  beforeAll(async () => {
    created = await createTestDatabase();
  });
  afterAll(() => created.drop());

  test.each(['1:1:', '100:100:', '100:120:100,107,119', '9223372036854775000:9223372036854775800:9223372036854775000'])(
    '%s shows what PostgreSQL says that it does',
    async (snapshot) => {
      const database = openDatabase({ url: created.url, applicationName: 'snapshot test' });
      const around = snapshot.split(/[:,]/).filter(Boolean).map(BigInt);
      const asked = around.flatMap((number) => [number - 1n, number, number + 1n]).filter((number) => number > 0n);
      const rows = await database.query<{ transaction: string; visible: boolean }>(isVisible, [
        asked.map(String),
        snapshot,
      ]);
      expect(rows.length).toBe(asked.length);
      const sees = seenIn(snapshot);
      for (const { transaction, visible } of rows)
        expect([transaction, sees(transaction)]).toEqual([transaction, visible]);
      await database.close();
    },
  );
});

describe('what was handled', () => {
  test('is what the windows showed that came to their end', async () => {
    const handled = handledWindows();
    expect(handled.covers({ transactions: [] })).toBe(true);
    expect(handled.covers({ transactions: ['5'] })).toBe(false);
    const isHandled = handled.begin();
    let isTold = false;
    const told = handled.nextWindow.then(() => {
      isTold = true;
    });
    await Promise.resolve();
    expect(isTold).toBe(false);
    isHandled('10:10:');
    await told;
    expect(handled.covers({ transactions: ['5', '9'] })).toBe(true);
    expect(handled.covers({ transactions: ['5', '10'] })).toBe(false);
    expect(handled.covers({ transactions: undefined })).toBe(false);
  });

  test('is not what a question finds to be outstanding after it', () => {
    const handled = handledWindows();
    handled.begin()('10:10:');
    const outstanding = { transactions: ['5'], after: handled.windows };
    expect(handled.covers(outstanding)).toBe(false);
    handled.begin()('11:11:');
    expect(handled.covers(outstanding)).toBe(true);
  });

  test('is forgotten when the numbers of transactions may mean others, and so is a window that was begun before', () => {
    const handled = handledWindows();
    const before = handled.begin();
    handled.begin()('10:10:');
    handled.forget();
    expect(handled.covers({ transactions: ['5'] })).toBe(false);
    before('10:10:');
    expect(handled.covers({ transactions: ['5'] })).toBe(false);
    handled.begin()('10:10:');
    expect(handled.covers({ transactions: ['5'] })).toBe(true);
  });
});
