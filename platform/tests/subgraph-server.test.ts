import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Subgraph } from '@starling/platform/graphql';
import { badUserInput, DateTime } from '@starling/platform/graphql';
import { createIdentitySigner, IDENTITY_HEADER, type Identity } from '@starling/platform/identity';
import { type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { parse } from 'graphql';
import { createClient } from 'graphql-ws';
import pino from 'pino';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { WebSocket } from 'ws';

const secret = 'a secret of more than thirty-two characters';
const viewer: Identity = { viewer: { userId: '5', sessionId: '6', role: 'USER' }, requestId: 'r-1' };
const signer = createIdentitySigner({ secret });
const logged: { msg: string; requestId?: string; err?: { message: string } }[] = [];
const logger = pino({ level: 'error' }, { write: (line: string) => void logged.push(JSON.parse(line)) });

let executed: string[] = [];
let endings = 0;

function rooms(): Subgraph {
  const resolvers = {
    DateTime,
    Query: {
      whoAmI: (_root: unknown, _args: unknown, { identity }: { identity: Identity }) => {
        executed.push('whoAmI');
        return identity.viewer?.userId ?? 'nobody';
      },
      broken: () => {
        throw new Error('relation "secrets" does not exist');
      },
      away: () => {
        throw Object.assign(new Error('connect ECONNREFUSED 10.0.0.7:5432'), { code: 'ECONNREFUSED' });
      },
      picky: (_root: unknown, { id }: { id: string }) => {
        throw badUserInput('id', `No: ${id}`);
      },
      day: (_root: unknown, { at }: { at: Date }) => at.toISOString(),
    },
    Mutation: { rename: (_root: unknown, { to }: { to: string }) => executed.push(to) > 0 },
    Subscription: {
      ticks: {
        subscribe: async function* (_root: unknown, { count }: { count: number }) {
          try {
            for (let tick = 1; tick <= count; tick++) yield { ticks: tick };
          } finally {
            endings++;
          }
        },
        resolve: ({ ticks }: { ticks: number }, _args: unknown, { identity }: { identity: Identity }) => {
          if (ticks === 3) throw new Error('three is too many');
          return `${ticks} for ${identity.viewer?.userId ?? 'nobody'}`;
        },
      },
    },
  };
  return {
    name: 'rooms',
    schema: buildSubgraphSchema({
      typeDefs: parse(`
        scalar DateTime
        type Query { whoAmI: String! broken: String away: String picky(id: ID!): String day(at: DateTime!): String }
        type Mutation { rename(to: String!): Boolean! }
        type Subscription { ticks(count: Int!): String }
      `),
      resolvers: resolvers as never,
    }),
    createContext: (identity) => ({ identity }),
    start: async () => {},
    stop: async () => {},
  };
}

let server: RunningServer;
beforeAll(async () => {
  server = await serveSubgraph({
    subgraph: rooms(),
    host: '127.0.0.1',
    port: 0,
    identitySecret: secret,
    logger,
    routes: { '/.well-known/jwks.json': async () => ({ keys: [] }) },
  });
});
afterAll(() => server.close());
beforeEach(() => {
  executed = [];
  logged.length = 0;
});

async function post(query: string, variables: object = {}, token: string | undefined = signer.sign(viewer, 'rooms')) {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(token && { [IDENTITY_HEADER]: token }) },
    body: JSON.stringify({ query, variables }),
  });
  return { status: response.status, body: (await response.json()) as Record<string, unknown> };
}

it('acts as the viewer that the gateway names', async () => {
  expect(await post('{ whoAmI }')).toEqual({ status: 200, body: { data: { whoAmI: '5' } } });
  const signedOut = signer.sign({ viewer: null, requestId: 'r-2' }, 'rooms');
  expect((await post('{ whoAmI }', {}, signedOut)).body).toEqual({ data: { whoAmI: 'nobody' } });
});

it.each([
  ['without an identity', ''],
  ['with garbage', 'garbage'],
  ['with an identity for another subgraph', signer.sign(viewer, 'attic')],
  ['sealed with another secret', createIdentitySigner({ secret: `${secret}!` }).sign(viewer, 'rooms')],
])('refuses a request %s and runs nothing', async (_what, token) => {
  const answer = await post('mutation { rename(to: "x") }', {}, token);
  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({ errors: [{ message: 'No identity.', extensions: { code: 'UNAUTHENTICATED' } }] });
  expect(executed).toEqual([]);
});

it('hides faults of its own and logs them with the request id', async () => {
  const { body } = await post('{ broken whoAmI }');
  expect(body).toEqual({
    data: { broken: null, whoAmI: '5' },
    errors: [
      {
        message: 'Something went wrong on our side.',
        path: ['broken'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
  expect(logged).toHaveLength(1);
  expect(logged[0]).toMatchObject({ requestId: 'r-1', err: { message: 'relation "secrets" does not exist' } });
});

it('says of what will pass by itself that it is worth another try, and no more', async () => {
  const { body } = await post('{ away whoAmI }');
  expect(body).toEqual({
    data: { away: null, whoAmI: '5' },
    errors: [
      {
        message: 'A part of the service does not answer at the moment. Try again.',
        path: ['away'],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
  });
  expect(logged[0]).toMatchObject({ requestId: 'r-1', err: { message: 'connect ECONNREFUSED 10.0.0.7:5432' } });
});

it('tells what was meant for the client, with the argument at fault', async () => {
  const { body } = await post('{ picky(id: "7") }');
  expect(body.errors).toEqual([
    { message: 'No: 7', path: ['picky'], extensions: { code: 'BAD_USER_INPUT', argument: 'id' } },
  ]);
  const malformed = await post('query ($at: DateTime!) { day(at: $at) }', { at: 'yesterday' });
  expect(malformed.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'at' } }]);
  const missing = await post('query ($at: DateTime!) { day(at: $at) }');
  expect(missing.body.errors).toMatchObject([{ extensions: { code: 'BAD_USER_INPUT', argument: 'at' } }]);
  expect(logged).toEqual([]);
});

it('refuses what is no document of its schema', async () => {
  expect((await post('{ nowhere }')).body.errors).toMatchObject([
    { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } },
  ]);
  expect((await post('{ ')).body.errors).toMatchObject([{ extensions: { code: 'GRAPHQL_PARSE_FAILED' } }]);
  expect((await post('subscription { ticks(count: 1) }')).body.errors).toMatchObject([
    { extensions: { code: 'BAD_REQUEST' } },
  ]);
});

it('answers health, readiness and further pages to anybody', async () => {
  for (const path of ['/healthz', '/readyz', '/.well-known/jwks.json']) {
    expect((await fetch(server.url + path)).status, path).toBe(200);
  }
});

function connect(identity: unknown) {
  return createClient({
    url: `${server.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: WebSocket,
    connectionParams: { identity },
    retryAttempts: 0,
  });
}

function collect(client: ReturnType<typeof connect>, identity: unknown, count = 2): Promise<unknown[]> {
  const events: unknown[] = [];
  return new Promise((resolve, reject) => {
    client.subscribe(
      { query: 'subscription ($count: Int!) { ticks(count: $count) }', variables: { count }, extensions: { identity } },
      { next: (event) => void events.push(event), error: reject, complete: () => resolve(events) },
    );
  });
}

it('streams to several viewers over one connection', async () => {
  const client = connect(signer.sign({ viewer: null, requestId: 'gateway' }, 'rooms'));
  const other: Identity = { viewer: { userId: '8', sessionId: '9', role: 'USER' }, requestId: 'r-3' };
  const [one, two] = await Promise.all([
    collect(client, signer.sign(viewer, 'rooms')),
    collect(client, signer.sign(other, 'rooms')),
  ]);
  expect(one).toEqual([{ data: { ticks: '1 for 5' } }, { data: { ticks: '2 for 5' } }]);
  expect(two).toEqual([{ data: { ticks: '1 for 8' } }, { data: { ticks: '2 for 8' } }]);
  await client.dispose();
});

it('hides faults of its own in a stream, too', async () => {
  const client = connect(signer.sign(viewer, 'rooms'));
  const events = await collect(client, signer.sign(viewer, 'rooms'), 3);
  expect(events[2]).toEqual({
    data: { ticks: null },
    errors: [
      {
        message: 'Something went wrong on our side.',
        path: ['ticks'],
        extensions: { code: 'INTERNAL_SERVER_ERROR' },
      },
    ],
  });
  await client.dispose();
});

it('streams nothing without an identity of its own', async () => {
  await expect(collect(connect(undefined), signer.sign(viewer, 'rooms'))).rejects.toMatchObject({ code: 4403 });
  const client = connect(signer.sign(viewer, 'rooms'));
  await expect(collect(client, undefined)).rejects.toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
  await client.dispose();
});

it('ends what a client no longer listens to', async () => {
  endings = 0;
  const client = connect(signer.sign(viewer, 'rooms'));
  const events = client.iterate({
    query: 'subscription { ticks(count: 1000000) }',
    extensions: { identity: signer.sign(viewer, 'rooms') },
  });
  await events.next();
  await events.return?.();
  await expect.poll(() => endings).toBe(1);
  await client.dispose();
});
