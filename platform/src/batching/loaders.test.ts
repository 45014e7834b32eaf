import { expect, test, vi } from 'vitest';
import { byForeignKey, byPrimaryKey } from './loaders.ts';

interface Row {
  readonly id: string;
  readonly owner: string;
}

const rows: Row[] = [
  { id: '1', owner: 'a' },
  { id: '2', owner: 'b' },
  { id: '3', owner: 'a' },
];

test('keys of a tick are read in one go, each key once, and answered in their order with null for what is not there', async () => {
  const getRows = vi.fn(async (ids: readonly string[]) => rows.filter(({ id }) => ids.includes(id)).reverse());
  const loader = byPrimaryKey(getRows, ({ id }) => id);
  const loaded = await Promise.all(['3', '9', '1', '3'].map((id) => loader.load(id)));
  expect(loaded).toEqual([rows[2], null, rows[0], rows[2]]);
  expect(getRows.mock.calls).toEqual([[['3', '9', '1']]]);
});

test('rows of a key come in the order in which they were read, and none for a key without rows', async () => {
  const getRows = vi.fn(async (owners: readonly string[]) =>
    rows.filter(({ owner }) => owners.includes(owner)).sort((a, b) => Number(b.id) - Number(a.id)),
  );
  const loader = byForeignKey(getRows, ({ owner }) => owner);
  const loaded = await Promise.all(['b', 'nobody', 'a'].map((owner) => loader.load(owner)));
  expect(loaded).toEqual([[rows[1]], [], [rows[2], rows[0]]]);
  expect(getRows).toHaveBeenCalledTimes(1);
});

test('lists of two keys are never the same list', async () => {
  const loader = byForeignKey<Row>(
    async () => [],
    ({ owner }) => owner,
  );
  const [a, b] = await Promise.all([loader.load('a'), loader.load('b')]);
  expect(a).not.toBe(b);
});

test('a read that fails fails every key that it was for', async () => {
  const loader = byPrimaryKey<Row>(
    () => Promise.reject(new Error('away')),
    ({ id }) => id,
  );
  const loaded = await Promise.allSettled([loader.load('1'), loader.load('2')]);
  expect(loaded.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
});
