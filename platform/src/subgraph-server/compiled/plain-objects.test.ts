import { buildSchema, type ExecutionResult, execute, parse } from 'graphql';
import { expect, it } from 'vitest';
import { compileOperation } from './compile-operation.ts';

const schema = buildSchema(`
  type Query { things: [Thing] }
  type Thing { id: ID! size: Int by: Person }
  type Person { name: String! }
`);
const document = parse('{ things { __typename id size by { __typename name } } }');

/** What our executor and graphql-js answer. */
async function answers(things: readonly unknown[]): Promise<readonly ExecutionResult[]> {
  const ours = compileOperation(schema, document, undefined);
  return Promise.all([
    ours.execute({ contextValue: {}, rootValue: { things }, variableValues: {} }),
    execute({ schema, document, rootValue: { things } }),
  ]);
}

const shown = (result: ExecutionResult | undefined) => JSON.stringify(result);

const person = { name: 'Ada' };

it.each<[string, unknown]>([
  ['properties', { id: '1', size: 2, by: person }],
  ['nothing where that may be', { id: '1', size: null }],
  ['a number for an id', { id: 1, size: 2, by: person }],
  [
    'an accessor',
    new (class {
      id = '1';
      get by() {
        return person;
      }
    })(),
  ],
  ['a method', { id: '1', size: () => 3, by: () => person }],
  ['a promise', { id: '1', size: Promise.resolve(4), by: Promise.resolve(person) }],
  ['an item that is a promise', Promise.resolve({ id: '1', by: person })],
  ['a promise that has the properties, too', { id: '1', by: Object.assign(Promise.resolve(person), { name: 'Bo' }) }],
])('an object of %s is answered as graphql-js answers it', async (_what, thing) => {
  const [ours, stock] = await answers([thing, { id: '2', by: person }]);
  expect(ours?.errors).toBeUndefined();
  expect(shown(ours)).toBe(shown(stock));
});

it.each<[string, unknown]>([
  ['an id that is missing', { size: 1 }],
  ['a size that is none', { id: '1', size: 'large' }],
  ['an object that is an error', Object.assign(new Error('Failed.'), { id: '1' })],
  ['an inner object that is an error', { id: '1', by: Object.assign(new Error('Failed.'), person) }],
  ['an inner object without what it must have', { id: '1', by: {} }],
  ['an inner object that is a text', { id: '1', by: 'Ada' }],
  [
    'a property that throws',
    {
      id: '1',
      get by() {
        throw new Error('Failed.');
      },
    },
  ],
  [
    'a property that rejects anew each time',
    {
      id: '1',
      get by() {
        return Promise.reject(new Error('Failed.'));
      },
    },
  ],
])('%s is told at its place, once', async (_what, thing) => {
  const [ours, stock] = await answers([thing, { id: '2', by: person }]);
  expect(ours?.errors).toHaveLength(1);
  expect(ours?.errors?.map(({ path }) => path)).toEqual(stock?.errors?.map(({ path }) => path));
  expect(ours?.data).toEqual(JSON.parse(JSON.stringify(stock?.data)));
});
