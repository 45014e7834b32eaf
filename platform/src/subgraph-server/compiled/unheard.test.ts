import { buildSubgraphSchema } from '@apollo/subgraph';
import { parse } from 'graphql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { compileOperation } from './compile-operation.ts';

const fails = async (id: string) => {
  await Promise.resolve();
  throw new Error(`Failed late: ${id}.`);
};

const soon = async <Value>(value: Value) => value;

const schema = buildSubgraphSchema({
  typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { things: [Thing!] rows: [[Thing!]!] pair: Pair }
    type Pair { later: [Thing] now: Thing! }
    type Thing @key(fields: "id") { id: ID! }
  `),
  resolvers: {
    Query: {
      things: () => [fails('1'), new Error('Failed at once.'), fails('2'), fails('3')],
      rows: () => [[fails('1'), new Error('Failed at once.')], [fails('2')], new Set([fails('3')]), soon([fails('4')])],
      pair: () => ({ later: () => soon([fails('5')]), now: new Error('Failed at once.') }),
    },
    Thing: {
      __resolveReference({ id }: { id: string }) {
        if (id === 'bad') throw new Error('That is no id.');
        return fails(id);
      },
    },
  } as never,
});

let unheard: unknown[];
const listeners = process.listeners('unhandledRejection');
beforeEach(() => {
  unheard = [];
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unheard.push(reason));
});
afterEach(() => {
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
});

async function run(text: string, variableValues: Record<string, unknown>) {
  const answer = await compileOperation(schema, parse(text), undefined).execute({ contextValue: {}, variableValues });
  await new Promise((resolve) => setImmediate(resolve));
  return { data: answer.data, errors: answer.errors?.map(({ message }) => message) };
}

it('what fails beside an item of a list that has failed at once is heard', async () => {
  expect(await run('{ things { id } }', {})).toEqual({ data: { things: null }, errors: ['Failed at once.'] });
  expect(unheard).toEqual([]);
});

it.each(['rows { id }', 'pair { later { id } now { id } }'])(
  'what fails in a list that nobody wants any more is heard: %s',
  async (selection) => {
    const [name = ''] = selection.split(' ');
    expect(await run(`{ ${selection} }`, {})).toEqual({ data: { [name]: null }, errors: ['Failed at once.'] });
    expect(unheard).toEqual([]);
  },
);

it('what fails beside a reference that cannot be resolved is heard', async () => {
  const text = `query ($representations: [_Any!]!) {
    _entities(representations: $representations) { ... on Thing { id } }
  }`;
  const representations = ['1', '2', 'bad', '3'].map((id) => ({ __typename: 'Thing', id }));
  expect(await run(text, { representations })).toEqual({ data: null, errors: ['That is no id.'] });
  expect(unheard).toEqual([]);
});
