import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { startGateway } from '@starling/gateway';
import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner, IDENTITY_HEADER, signedOut } from '@starling/platform/identity';
import { DEADLINE_HEADER, type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { gate } from '../../platform/tests/support/gate.ts';
import { createTokens, secret, silent } from './fixture.ts';
import { openSocket } from './socket.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const SHELVES = `${LINK}
  type Query { shelf: Shelf quick: String }
  type Mutation { fill: Shelf }
  type Shelf { books: [Book!] }
  type Book @key(fields: "id") { id: ID! }
`;
const BOOKS = `${LINK} type Book @key(fields: "id") { id: ID! title: String }`;

/** A subgraph that waits in `shelf` and `fill` until it may go on, and one that has the titles. */
function library() {
  const begun = gate();
  const mayGoOn = gate();
  const stopped = gate();
  const began: string[] = [];
  const wait = async (what: string) => {
    began.push(what);
    begun.open();
    await mayGoOn.opened;
    return {};
  };
  const subgraph = (name: string, typeDefs: string, resolvers: object): Subgraph => ({
    name,
    schema: buildSubgraphSchema({ typeDefs: parse(typeDefs), resolvers: resolvers as never }),
    createContext(_identity, signal) {
      signal?.addEventListener('abort', stopped.open);
      return {};
    },
    start: async () => {},
    stop: async () => {},
  });
  const shelves = subgraph('shelves', SHELVES, {
    Query: { shelf: () => wait('shelf'), quick: () => 'quick' },
    Mutation: { fill: () => wait('fill') },
    Shelf: {
      books() {
        began.push('books');
        return [{ id: '1' }];
      },
    },
  });
  const books = subgraph('books', BOOKS, {
    Book: {
      title() {
        began.push('title');
        return 'A title';
      },
    },
  });
  return { shelves, books, begun, mayGoOn, stopped, began };
}

const { supergraphSdl } = composeServices([
  { name: 'shelves', url: 'http://shelves', typeDefs: parse(SHELVES) },
  { name: 'books', url: 'http://books', typeDefs: parse(BOOKS) },
]);

describe.each(['in process', 'over HTTP'])('subgraphs %s', (shape) => {
  let fixture: ReturnType<typeof library>;
  let servers: RunningServer[];
  let gateway: RunningServer;

  async function start(options: { readonly requestDeadlineMs?: number } = {}): Promise<void> {
    const tokens = await createTokens();
    const subgraphs = [fixture.shelves, fixture.books];
    if (shape === 'over HTTP') {
      const shared = { host: '127.0.0.1', port: 0, identitySecret: secret, logger: silent };
      servers = await Promise.all(subgraphs.map((subgraph) => serveSubgraph({ ...shared, subgraph })));
    }
    gateway = await startGateway({
      host: '127.0.0.1',
      port: 0,
      subgraphs: subgraphs.map((subgraph, at) => {
        const server = servers[at];
        return server ? { name: subgraph.name, url: server.url } : subgraph;
      }),
      identitySecret: secret,
      supergraphSdl: supergraphSdl ?? '',
      keySet: async () => tokens.keySet,
      logger: silent,
      ...options,
    });
  }
  beforeEach(() => {
    fixture = library();
    servers = [];
  });
  afterEach(async () => {
    fixture.mayGoOn.open();
    await gateway.close();
    await Promise.all(servers.map((server) => server.close()));
  });

  async function ask(query: string, signal?: AbortSignal) {
    const response = await fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query }),
      ...(signal && { signal }),
    });
    return (await response.json()) as { data: unknown; errors?: object[] };
  }

  it('stop when the client leaves: nothing further is begun, and what it waited for is heard by nobody', async () => {
    await start();
    const leaving = new AbortController();
    const answered = ask('{ shelf { books { title } } }', leaving.signal);
    await fixture.begun.opened;
    leaving.abort();
    await expect(answered).rejects.toThrow();
    await fixture.stopped.opened;
    fixture.mayGoOn.open();
    expect((await ask('{ quick }')).data).toEqual({ quick: 'quick' });
    expect(fixture.began).toEqual(['shelf']);
  });

  it('stop when the client’s WebSocket closes', async () => {
    await start();
    const socket = await openSocket(gateway.url);
    socket.send({ type: 'connection_init' });
    await socket.next('connection_ack');
    socket.send({ type: 'subscribe', id: 'a', payload: { query: '{ shelf { books { title } } }' } });
    await fixture.begun.opened;
    socket.close();
    await fixture.stopped.opened;
    fixture.mayGoOn.open();
    expect((await ask('{ quick }')).data).toEqual({ quick: 'quick' });
    expect(fixture.began).toEqual(['shelf']);
  });

  it('stop at the request’s deadline: their fields are unavailable, the rest is there', async () => {
    await start({ requestDeadlineMs: 1_000 });
    const { data, errors } = await ask('{ quick }');
    expect([data, errors]).toEqual([{ quick: 'quick' }, undefined]);
    expect(await ask('{ shelf { books { title } } }')).toMatchObject({
      data: { shelf: null },
      errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
    });
    await fixture.stopped.opened;
    fixture.mayGoOn.open();
    await ask('{ quick }');
    expect(fixture.began).toEqual(['shelf']);
  });

  it('finish a mutation, whoever leaves', async () => {
    await start({ requestDeadlineMs: 50 });
    const leaving = new AbortController();
    const answered = ask('mutation { fill { books { title } } }', leaving.signal);
    await fixture.begun.opened;
    leaving.abort();
    await expect(answered).rejects.toThrow();
    fixture.mayGoOn.open();
    await expect.poll(() => fixture.began).toEqual(['fill', 'books', 'title']);
  });
});

describe('a subgraph’s server', () => {
  let fixture: ReturnType<typeof library>;
  let server: RunningServer;
  beforeEach(async () => {
    fixture = library();
    server = await serveSubgraph({
      subgraph: fixture.shelves,
      host: '127.0.0.1',
      port: 0,
      identitySecret: secret,
      logger: silent,
    });
  });
  afterEach(async () => {
    fixture.mayGoOn.open();
    await server.close();
  });

  const signer = createIdentitySigner({ secret });
  const send = (headers: Record<string, string>, query = '{ shelf { books { id } } }') =>
    fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    });
  const sealed = () => ({ [IDENTITY_HEADER]: signer.sign(signedOut('r'), 'shelves') });

  it('works no longer than it is told, and then answers nobody', async () => {
    const answered = send({ ...sealed(), [DEADLINE_HEADER]: '50' });
    await fixture.stopped.opened;
    fixture.mayGoOn.open();
    await expect(answered).rejects.toThrow();
    expect(fixture.began).toEqual(['shelf']);
  });

  it('is told nothing by who brings no identity', async () => {
    expect((await send({ [DEADLINE_HEADER]: '1' })).status).toBe(401);
    expect(fixture.began).toEqual([]);
  });

  it.each(['soon', '-1', '', '1e9', '99999999999'])('does its work when the deadline is %j', async (deadline) => {
    fixture.mayGoOn.open();
    const response = await send({ ...sealed(), [DEADLINE_HEADER]: deadline });
    expect(await response.json()).toEqual({ data: { shelf: { books: [{ id: '1' }] } } });
  });
});
