import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Subgraph } from '@starling/platform/graphql';
import type { Identity } from '@starling/platform/identity';
import type { RunningServer } from '@starling/platform/subgraph-server';
import { GATEWAY, SUBGRAPH } from '@starling/platform/wire';
import { parse } from 'graphql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { answer, question, serveOnAWire } from './support/served-on-a-wire.ts';
import type { TestWire } from './support/test-wire.ts';

const BOOKS = new Map(['1', '2'].map((id) => [id, { id, title: `book ${id}`, pages: 100, year: 1900 }]));

const resolvers = {
  Book: {
    __resolveReference: ({ id }: { id: string }) => BOOKS.get(id) ?? null,
    mine: ({ id }: { id: string }, _args: unknown, { identity }: { identity: Identity }) =>
      `${id} of ${identity.viewer?.userId}`,
  },
  Shelf: { mine: () => null },
};

const library: Subgraph = {
  name: 'library',
  schema: buildSubgraphSchema({
    typeDefs: parse(`
      extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
      type Query { first: Book }
      type Book @key(fields: "id") { id: ID! title: String pages: Int year: Int mine: String }
      type Shelf @key(fields: "id") { id: ID! room: String mine: String }
    `),
    resolvers: resolvers as never,
  }),
  sameForAll: { Book: { ofRow: [] }, Shelf: { ofRow: [], ofReference: [] } },
  createContext: (identity: Identity) => ({ identity }),
  start: async () => {},
  stop: async () => {},
};

/** A query of what these entities have. */
const entities = (part: string) =>
  `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${part} } }`;

let server: RunningServer;
let wire: TestWire;
beforeEach(async () => {
  ({ server, wire } = await serveOnAWire(library));
});
afterEach(async () => {
  wire.socket.destroy();
  await server.close();
});

it('it is said which operations may be asked for nobody in particular, and of no other', async () => {
  const texts = [
    '... on Shelf { room mine }',
    '... on Shelf { room }',
    '... on Book { title }',
    '... on Shelf { noSuchField }',
    '... on Shelf { room',
    '... on Shelf { id room }',
  ].map(entities);
  wire.say(GATEWAY.operation, 0, '{ first { id } }');
  for (const [at, text] of texts.entries()) wire.say(GATEWAY.operation, 2 + at, text);
  wire.say(GATEWAY.ask, 1, question(0));
  expect([await wire.next(), await wire.next(), await wire.next()]).toEqual([
    { kind: SUBGRAPH.forAll, number: 3, text: '["Shelf"]' },
    { kind: SUBGRAPH.forAll, number: 7, text: '["Shelf"]' },
    answer(1, { first: null }),
  ]);
});

it('what everybody gets of an entity is said once, and what is the viewer’s own each time', async () => {
  const representations = ['1', '2', '9'].map((id) => ({ __typename: 'Book', id }));
  const ask = (number: number, operation: number) =>
    wire.say(GATEWAY.ask, number, question(operation, { variables: { representations } }));
  wire.say(GATEWAY.operation, 2, entities('... on Book { id title pages year }'));
  wire.say(GATEWAY.operation, 3, entities('... on Book { id title pages year mine }'));
  const whole = [BOOKS.get('1'), BOOKS.get('2'), null];
  // An object that is met once is nobody's but the first's.
  for (const number of [1, 2]) {
    ask(number, 2);
    expect(await wire.next()).toEqual(answer(number, { _entities: whole }));
  }
  ask(3, 2);
  const told = [await wire.next(), await wire.next()];
  expect(told.map(({ kind, text }) => [kind, JSON.parse(text)])).toEqual([
    [SUBGRAPH.shared, BOOKS.get('1')],
    [SUBGRAPH.shared, BOOKS.get('2')],
  ]);
  const [one, two] = told.map(({ number }) => number);
  expect(await wire.next()).toEqual({ kind: SUBGRAPH.entities, number: 3, text: `[${one},${two},null]` });
  ask(4, 2);
  expect(await wire.next()).toEqual({ kind: SUBGRAPH.entities, number: 4, text: `[${one},${two},null]` });

  ask(5, 3);
  expect((await wire.next()).kind).toBe(SUBGRAPH.answer);
  ask(6, 3);
  const parts = [await wire.next(), await wire.next()];
  const [three, four] = parts.map(({ number }) => number);
  expect(new Set([one, two, three, four]).size).toBe(4);
  expect(parts.map(({ text }) => JSON.parse(text))).toEqual([BOOKS.get('1'), BOOKS.get('2')]);
  expect(await wire.next()).toEqual({
    kind: SUBGRAPH.entities,
    number: 6,
    text: `[[${three},{"mine":"1 of 5"}],[${four},{"mine":"2 of 5"}],null]`,
  });
});
