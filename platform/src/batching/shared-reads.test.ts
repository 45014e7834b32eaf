import { expect, test } from 'vitest';
import { sharedReads } from './shared-reads.ts';

interface Row {
  readonly id: string;
  readonly at: number;
}

/** A source that answers when the test says so; each row tells which statement read it. */
function source(missing: readonly string[] = []) {
  const statements: { readonly keys: readonly string[]; answer(): void; fail(): void }[] = [];
  const getRows = (keys: readonly string[]) =>
    new Promise<Row[]>((resolve, reject) => {
      const at = statements.length + 1;
      const rows = keys.filter((id) => !missing.includes(id)).map((id) => ({ id, at }));
      statements.push({ keys, answer: () => resolve(rows), fail: () => reject(new Error('away')) });
    });
  return { statements, getRows };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));
const keyOf = ({ id }: Row) => id;

test('requests of the same moment share a statement, and each gets the rows of its own keys', async () => {
  const { statements, getRows } = source(['9']);
  const read = sharedReads(getRows, keyOf);
  const answers = [read(['1', '2']), read(['2', '3', '9'])];
  await turn();
  expect(statements.map(({ keys }) => keys)).toEqual([['1', '2', '3', '9']]);
  statements[0]?.answer();
  expect(await Promise.all(answers)).toEqual([
    [
      { id: '1', at: 1 },
      { id: '2', at: 1 },
    ],
    [
      { id: '2', at: 1 },
      { id: '3', at: 1 },
    ],
  ]);
});

test('who asks once a statement is under way is answered by a later one, together with others', async () => {
  const { statements, getRows } = source();
  const read = sharedReads(getRows, keyOf, { atOnce: 1 });
  const first = read(['1']);
  await turn();
  const later = [read(['1']), read(['2'])];
  await turn();
  expect(statements).toHaveLength(1);
  statements[0]?.answer();
  expect(await first).toEqual([{ id: '1', at: 1 }]);
  await turn();
  expect(statements[1]?.keys).toEqual(['1', '2']);
  statements[1]?.answer();
  expect(await Promise.all(later)).toEqual([[{ id: '1', at: 2 }], [{ id: '2', at: 2 }]]);
});

test('only so many statements are under way, and a full one takes nobody else', async () => {
  const { statements, getRows } = source();
  const read = sharedReads(getRows, keyOf, { atOnce: 2, fullAt: 3 });
  const answers = [['1', '2', '3'], ['4', '5', '6', '7'], ['8'], ['9']].map(read);
  await turn();
  expect(statements.map(({ keys }) => keys)).toEqual([
    ['1', '2', '3'],
    ['4', '5', '6', '7'],
  ]);
  statements[1]?.answer();
  await turn();
  expect(statements[2]?.keys).toEqual(['8', '9']);
  for (const statement of statements) statement.answer();
  expect((await Promise.all(answers)).flat().map(({ at }) => at)).toEqual([1, 1, 1, 2, 2, 2, 2, 3, 3]);
});

test('a statement that fails fails those who share it, and nobody after them', async () => {
  const { statements, getRows } = source();
  const read = sharedReads(getRows, keyOf, { atOnce: 1 });
  const both = Promise.allSettled([read(['1']), read(['2'])]);
  await turn();
  statements[0]?.fail();
  expect((await both).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
  const next = read(['1']);
  await turn();
  statements[1]?.answer();
  expect(await next).toEqual([{ id: '1', at: 2 }]);
});
