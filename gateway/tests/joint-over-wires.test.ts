import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner, type Identity } from '@starling/platform/identity';
import { type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { parse } from 'graphql';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openWires, type Wires } from '../src/execution/wires/wires.ts';
import { secret, silent } from './fixture.ts';

interface Context {
  readonly identity: Identity;
}

let contexts: Identity[];
let server: RunningServer;
let wires: Wires;

function library(): Subgraph {
  const ofViewer = ({ id }: { id: string }, _args: unknown, { identity }: Context) =>
    `${id} of ${identity.viewer?.userId ?? 'nobody'}`;
  return {
    name: 'library',
    schema: buildSubgraphSchema({
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Query { hello: String }
        type Book @key(fields: "id") { id: ID! title: String lent: String mine: String mistaken: String }
      `),
      resolvers: {
        Book: {
          __resolveReference: async ({ id }: { id: string }) => {
            if (id === '13') throw new Error('password=hunter2');
            return id === '404' ? null : { id, title: `book ${id}` };
          },
          lent: async ({ id }: { id: string }) => {
            if (id === '7') throw new Error('password=hunter2');
            return `${id} is here`;
          },
          mine: ofViewer,
          mistaken: ofViewer,
        },
      } as never,
    }),
    // Which is not so of the last.
    sameForAll: { Book: { ofRow: [], ofReference: ['lent', 'mistaken'] } },
    createContext(identity): Context {
      contexts.push(identity);
      return { identity };
    },
    start: async () => {},
    stop: async () => {},
  };
}

beforeEach(async () => {
  contexts = [];
  server = await serveSubgraph({
    subgraph: library(),
    host: '127.0.0.1',
    port: 0,
    identitySecret: secret,
    logger: silent,
  });
  wires = openWires({
    name: 'library',
    endpoint: new URL('/graphql', server.url),
    signer: createIdentitySigner({ secret }),
    maxAnswerBytes: 100_000,
    deadlineMs: 600_000,
    logger: silent,
  });
  await expect.poll(() => wires.ready()).toBeDefined();
});
afterEach(async () => {
  wires.close();
  await server.close();
});

async function ask(field: string, ids: readonly number[], userId: string): Promise<unknown> {
  const query = `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Book { ${field} } } }`;
  const representations = ids.map((id) => ({ __typename: 'Book', id: `${id}` }));
  const as: Identity = { viewer: { userId, sessionId: `s${userId}`, role: 'USER' }, requestId: `r${userId}` };
  const answer = await wires.ready()?.ask({ query, variables: { representations } }, as, 600_000);
  return answer?.body;
}

/** Once the subgraph has said what it has to say of the operation. */
async function askTogether(field: string): Promise<unknown[]> {
  await ask(field, [1], '0');
  contexts.length = 0;
  return Promise.all([ask(field, [1, 2], '1'), ask(field, [2, 7, 1], '2'), ask(field, [404, 13], '3')]);
}

const data = (...entities: unknown[]) => ({ data: { _entities: entities } });
const failedAt = (...path: unknown[]) => [
  expect.objectContaining({ path: ['_entities', ...path], extensions: { code: 'INTERNAL_SERVER_ERROR' } }),
];

it('what goes wrong with one entity is told to those who asked for it', async () => {
  const lent = (id: number) => ({ lent: `${id} is here` });
  const failed = { data: { _entities: [null, null] }, errors: failedAt(1) };
  expect(await askTogether('lent')).toEqual([
    data(lent(1), lent(2)),
    { data: { _entities: [lent(2), { lent: null }, lent(1)] }, errors: failedAt(1, 'lent') },
    failed,
  ]);
  expect(contexts.map(({ viewer }) => viewer)).toEqual([null]);
  const title = (id: number) => ({ title: `book ${id}` });
  expect(await askTogether('title')).toEqual([data(title(1), title(2)), data(title(2), title(7), title(1)), failed]);
  expect(contexts.map(({ viewer }) => viewer)).toEqual([null]);
});

it('what depends on who asks is asked by each, and told to nobody else', async () => {
  const mine = (of: string) => (id: number) => ({ title: `book ${id}`, mine: `${id} of ${of}` });
  expect(await askTogether('title mine')).toEqual([
    data(...[1, 2].map(mine('1'))),
    data(...[2, 7, 1].map(mine('2'))),
    { data: { _entities: [null, null] }, errors: failedAt(1) },
  ]);
  expect(contexts.map(({ viewer }) => viewer?.userId)).toEqual(['1', '2', '3']);
});

it('where it is declared not to, all see what somebody signed out sees, and nothing of another', async () => {
  const mistaken = (id: number) => ({ mistaken: `${id} of nobody` });
  expect(await askTogether('mistaken')).toEqual([
    data(...[1, 2].map(mistaken)),
    data(...[2, 7, 1].map(mistaken)),
    { data: { _entities: [null, null] }, errors: failedAt(1) },
  ]);
  // Also who asks alone: it is seen at once that something is wrong.
  expect(await ask('mistaken', [1], '1')).toEqual(data(mistaken(1)));
});
