import { startGateway } from '@starling/gateway';
import { type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, createScriptedLog, createTokens, gatewayOf, note, secret, silent } from './fixture.ts';
import { openSocket, type RawSocket } from './socket.ts';

const NOTES_ADDED = 'subscription { noteAdded { id text author { name noteCount } } }';

describe.each(['in process', 'over HTTP'])('live, subgraphs %s', (shape) => {
  const fixture = createFixture();
  const log = createScriptedLog();
  const servers: RunningServer[] = [];
  let tokens: Awaited<ReturnType<typeof createTokens>>;
  let gateway: RunningServer;

  beforeAll(async () => {
    tokens = await createTokens();
    const subgraphs = [fixture.people, fixture.notes];
    if (shape === 'over HTTP') {
      for (const subgraph of subgraphs) {
        servers.push(
          await serveSubgraph({ subgraph, host: '127.0.0.1', port: 0, identitySecret: secret, logger: silent }),
        );
      }
    }
    gateway = await startGateway({
      ...gatewayOf(fixture, tokens),
      host: '127.0.0.1',
      port: 0,
      subgraphs: subgraphs.map((subgraph, at) => {
        const server = servers[at];
        return server ? { name: subgraph.name, url: server.url } : subgraph;
      }),
      identitySecret: secret,
      supergraphSdl: fixture.supergraphSdl,
      keySet: async () => tokens.keySet,
      eventLog: log.eventLog,
      logger: silent,
      initTimeoutMs: 200,
    });
  });
  afterAll(async () => {
    await gateway.close();
    for (const server of servers) await server.close();
  });

  async function connect(authorization?: string): Promise<RawSocket> {
    const socket = await openSocket(gateway.url);
    socket.send({ type: 'connection_init', payload: authorization === undefined ? {} : { authorization } });
    await socket.next('connection_ack');
    return socket;
  }

  async function connectAs(claims: object = {}, options: Parameters<typeof tokens.sign>[1] = {}): Promise<RawSocket> {
    return connect(`Bearer ${await tokens.sign(claims, options)}`);
  }

  /** Resolves once `count` subscriptions stand in the subgraph. */
  async function standing(count: number): Promise<void> {
    await expect.poll(fixture.subscribers).toBe(count);
  }

  it('brings each event with what other subgraphs know, as it is now', async () => {
    const socket = await connectAs();
    socket.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
    await standing(1);
    fixture.addNote(note('5', '1'));
    expect(await socket.next('next')).toEqual({
      id: 'a',
      type: 'next',
      payload: { data: { noteAdded: { id: '5', text: 'note 5', author: { name: 'Ada', noteCount: 7 } } } },
    });
    socket.send({ type: 'subscribe', id: 'b', payload: { query: 'mutation { rename(to: "Ada L.") { name } }' } });
    expect(await socket.next('next')).toMatchObject({ id: 'b', payload: { data: { rename: { name: 'Ada L.' } } } });
    fixture.addNote(note('6', '1'));
    expect(await socket.next('next')).toMatchObject({
      payload: { data: { noteAdded: { author: { name: 'Ada L.' } } } },
    });
    socket.send({ type: 'complete', id: 'a' });
    await standing(0);
    socket.close();
  });

  it('obeys conditions below the root with variables', async () => {
    const query = 'subscription ($full: Boolean!) { noteAdded { id author @include(if: $full) { name } } }';
    const socket = await connectAs({ sub: '2' });
    socket.send({ type: 'subscribe', id: 'a', payload: { query, variables: { full: true } } });
    socket.send({ type: 'subscribe', id: 'b', payload: { query, variables: { full: false } } });
    await standing(2);
    fixture.addNote(note('7', '2'));
    const events = [await socket.next('next'), await socket.next('next')];
    expect(Object.fromEntries(events.map(({ id, payload }) => [id, payload]))).toEqual({
      a: { data: { noteAdded: { id: '7', author: { name: 'Bo' } } } },
      b: { data: { noteAdded: { id: '7' } } },
    });
    socket.close();
    await standing(0);
  });

  it('answers queries and mutations, too', async () => {
    const socket = await connectAs();
    socket.send({
      type: 'subscribe',
      id: 'q',
      payload: { query: 'query ($id: ID!) { person(id: $id) { name } }', variables: { id: '2' } },
    });
    expect(await socket.next('next')).toMatchObject({ payload: { data: { person: { name: 'Bo' } } } });
    expect(await socket.next('complete')).toEqual({ id: 'q', type: 'complete' });
    socket.send({ type: 'subscribe', id: 'f', payload: { query: '{ faulty }' } });
    expect(await socket.next('next')).toMatchObject({
      payload: { data: { faulty: null }, errors: [{ extensions: { code: 'INTERNAL_SERVER_ERROR' } }] },
    });
    socket.close();
  });

  it('lets the signed out in, and tells them what needs an account', async () => {
    const socket = await connect();
    socket.send({ type: 'subscribe', id: 'q', payload: { query: '{ viewer { name } person(id: "2") { name } }' } });
    expect(await socket.next('next')).toMatchObject({ payload: { data: { viewer: null, person: { name: 'Bo' } } } });
    socket.send({ type: 'subscribe', id: 's', payload: { query: NOTES_ADDED } });
    const refused = await socket.next('next');
    expect(refused).toMatchObject({ payload: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] } });
    expect(await socket.next('complete')).toEqual({ id: 's', type: 'complete' });
    socket.close();
  });

  it.each([
    ['{ nowhere }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['subscription ($on: Boolean!) { noteAdded @include(if: $on) { id } }', 'GRAPHQL_VALIDATION_FAILED'],
    ['subscription { ... @skip(if: false) { noteAdded { id } } }', 'GRAPHQL_VALIDATION_FAILED'],
    [
      'subscription { ...S } fragment S on Subscription { noteAdded @skip(if: false) { id } }',
      'GRAPHQL_VALIDATION_FAILED',
    ],
  ])('refuses %s', async (query, code) => {
    const socket = await connectAs();
    socket.send({ type: 'subscribe', id: 'a', payload: { query, variables: { on: true } } });
    expect(await socket.next('error')).toMatchObject({ id: 'a', payload: [{ extensions: { code } }] });
    socket.close();
  });

  it('tells of malformed variables', async () => {
    const query = 'subscription ($prefix: String) { noteAdded(prefix: $prefix) { id } }';
    const socket = await connectAs();
    socket.send({ type: 'subscribe', id: 'a', payload: { query, variables: { prefix: {} } } });
    expect(await socket.next('next')).toMatchObject({
      payload: { errors: [{ extensions: { code: 'BAD_USER_INPUT', argument: 'prefix' } }] },
    });
    socket.close();
  });

  it('runs a hundred of a thousand subscriptions on one connection, refuses each of the others, and lets one in when one ends', async () => {
    const socket = await connectAs();
    for (let id = 0; id < 1_000; id++)
      socket.send({ type: 'subscribe', id: String(id), payload: { query: NOTES_ADDED } });
    for (let id = 100; id < 1_000; id++) {
      expect(await socket.next('error')).toMatchObject({
        id: String(id),
        payload: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 1 } }],
      });
    }
    await standing(100);
    socket.send({ type: 'complete', id: '0' });
    await standing(99);
    socket.send({ type: 'subscribe', id: 'one more', payload: { query: NOTES_ADDED } });
    await standing(100);
    fixture.addNote(note('5', '1'));
    const told = new Set<unknown>();
    while (told.size < 100) told.add((await socket.next('next')).id);
    expect(told).toContain('one more');
    socket.close();
    await standing(0);
  });

  it('counts what its client wants no more for as long as it runs', async () => {
    const socket = await connectAs({ sub: '76' });
    for (let id = 0; id < 100; id++) {
      socket.send({ type: 'subscribe', id: String(id), payload: { query: '{ slow }' } });
      socket.send({ type: 'complete', id: String(id) });
    }
    let asked = 0;
    const ask = async () => {
      socket.send({ type: 'subscribe', id: `more ${asked++}`, payload: { query: '{ person(id: "2") { id } }' } });
      const { type, payload } = await socket.next('error', 'next');
      return { type, payload };
    };
    expect(await ask()).toMatchObject({ type: 'error', payload: [{ extensions: { code: 'RATE_LIMITED' } }] });
    fixture.release('at last');
    await expect.poll(ask).toEqual({ type: 'next', payload: { data: { person: { id: '2' } } } });
    socket.close();
  });

  it.each([
    ['query A { viewer { id } } query B { viewer { id } }', undefined],
    ['query A { viewer { id } }', 'B'],
  ])('tells which operation it does not find: of %s, %s', async (query, operationName) => {
    const socket = await connect();
    socket.send({ type: 'subscribe', id: 'a', payload: { query, operationName } });
    expect(await socket.next('error')).toMatchObject({
      id: 'a',
      payload: [{ extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } }],
    });
    socket.close();
  });

  it('runs at most five hundred operations on the connections of one account, and others go on', async () => {
    const sockets: RawSocket[] = [];
    for (let count = 0; count < 11; count++) sockets.push(await connectAs({ sub: '77' }));
    for (const [number, socket] of sockets.entries()) {
      for (let id = 0; id < (number < 10 ? 50 : 1); id++) {
        socket.send({ type: 'subscribe', id: String(id), payload: { query: NOTES_ADDED } });
      }
      if (number < 10) await standing(50 * (number + 1));
    }
    expect(await sockets[10]?.next('error')).toMatchObject({
      id: '0',
      payload: [{ extensions: { code: 'RATE_LIMITED', retryAfter: 1 } }],
    });
    const other = await connectAs({ sub: '78' });
    other.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
    await standing(501);
    for (const socket of [...sockets, other]) socket.close();
    await standing(0);
  });

  describe('ends a connection', () => {
    it.each([
      ['a wrong token', { authorization: 'Bearer a.b.c' }],
      ['a token that is no text', { authorization: 7 }],
    ])('with 4403 for %s', async (_what, payload) => {
      const socket = await openSocket(gateway.url);
      socket.send({ type: 'connection_init', payload });
      expect(await socket.closed).toMatchObject({ code: 4403 });
    });

    it('with 4403 when the token expires', async () => {
      const socket = await connectAs({}, { lifetime: 2 });
      expect(await socket.closed).toEqual({ code: 4403, reason: 'Token expired' });
    });

    it('with 4403 when the session ends, and what ran on it ends, too', async () => {
      const socket = await connectAs({ sid: '55' });
      const other = await connectAs({ sid: '56' });
      socket.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
      await standing(1);
      await log.revoke('55');
      expect(await socket.closed).toEqual({ code: 4403, reason: 'Session ended' });
      await standing(0);
      other.send({ type: 'ping' });
      expect(await other.next('pong')).toEqual({ type: 'pong' });
      other.close();
    });

    it('with 4403, and does nothing more that its client says, however long that one takes to go', async () => {
      const socket = await connectAs({ sub: '2', sid: '57' });
      const other = await connectAs({ sid: '58' });
      const rename = (to: string) => ({ query: `mutation { rename(to: "${to}") { name } }` });
      socket.pause();
      await log.revoke('57');
      socket.send({ type: 'subscribe', id: 'm', payload: rename('Eve') });
      socket.resume();
      expect(await socket.closed).toMatchObject({ code: 4403 });
      // What that one might have begun is done before this is.
      for (const id of ['a', 'b']) {
        other.send({ type: 'subscribe', id, payload: rename('Ada') });
        await other.next('complete');
      }
      expect(fixture.identities.filter(({ viewer }) => viewer?.sessionId === '57')).toEqual([]);
      other.close();
    });

    it('with 4408 without connection_init', async () => {
      expect(await (await openSocket(gateway.url)).closed).toMatchObject({ code: 4408 });
    });

    it('with 4429 for a second connection_init', async () => {
      const socket = await connect();
      socket.send({ type: 'connection_init' });
      expect(await socket.closed).toMatchObject({ code: 4429 });
    });

    it('with 4401 for a subscription before the connection is accepted', async () => {
      const socket = await openSocket(gateway.url);
      socket.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
      expect(await socket.closed).toMatchObject({ code: 4401 });
    });

    it('with 4409 for two subscribers of one id', async () => {
      const socket = await connectAs();
      socket.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
      socket.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
      expect(await socket.closed).toMatchObject({ code: 4409 });
      await standing(0);
    });

    it('with 4409 for an id whose operation was completed before it was open, and ends that one', async () => {
      const socket = await connectAs();
      const subscribe = { type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } };
      socket.sendTogether([subscribe, { type: 'complete', id: 'a' }, subscribe]);
      expect(await socket.closed).toMatchObject({ code: 4409 });
      await standing(0);
    });

    it.each(['garbage', '[]', '{"type":"unheard"}', '{"type":"subscribe","id":7}'])(
      'with 4400 for %s',
      async (text) => {
        const socket = await connect();
        socket.sendText(text);
        expect(await socket.closed).toMatchObject({ code: 4400 });
      },
    );

    it('with 1009 for a message beyond the limit', async () => {
      const socket = await connect();
      socket.send({ type: 'ping', payload: { filler: 'x'.repeat(300_000) } });
      expect(await socket.closed).toMatchObject({ code: 1009 });
    });
  });

  it('answers no other path', async () => {
    await expect(openSocket(`${gateway.url}/elsewhere`)).rejects.toThrow('404');
  });
});

describe('live, when a part is gone', () => {
  it('tells who has a token to try again later while no token can be verified, and lets the signed out in', async () => {
    const fixture = createFixture();
    const tokens = await createTokens();
    const gateway = await startGateway({
      ...gatewayOf(fixture, tokens),
      keySet: () => Promise.reject(new Error('There is nobody.')),
    });
    const someone = await openSocket(gateway.url);
    someone.send({ type: 'connection_init', payload: { authorization: `Bearer ${await tokens.sign()}` } });
    expect(await someone.closed).toMatchObject({ code: 1013 });
    const nobody = await openSocket(gateway.url);
    nobody.send({ type: 'connection_init' });
    await nobody.next('connection_ack');
    nobody.close();
    await gateway.close();
  });

  it('ends subscriptions with SUBGRAPH_UNAVAILABLE, never with silence', async () => {
    const fixture = createFixture();
    const tokens = await createTokens();
    const serve = (subgraph: typeof fixture.notes) =>
      serveSubgraph({ subgraph, host: '127.0.0.1', port: 0, identitySecret: secret, logger: silent });
    const [people, notes] = [await serve(fixture.people), await serve(fixture.notes)];
    const gateway = await startGateway({
      ...gatewayOf(fixture, tokens),
      subgraphs: [
        { name: 'people', url: people.url },
        { name: 'notes', url: notes.url },
      ],
      identitySecret: secret,
    });
    const socket = await openSocket(gateway.url);
    socket.send({ type: 'connection_init', payload: { authorization: `Bearer ${await tokens.sign()}` } });
    await socket.next('connection_ack');
    socket.send({ type: 'subscribe', id: 'a', payload: { query: NOTES_ADDED } });
    await expect.poll(fixture.subscribers).toBe(1);

    await people.close();
    fixture.addNote(note('8', '1'));
    expect(await socket.next('next')).toMatchObject({
      payload: {
        data: { noteAdded: { id: '8', text: 'note 8', author: { name: null, noteCount: 7 } } },
        errors: [{ path: ['noteAdded', 'author'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
      },
    });

    await notes.close();
    expect(await socket.next('next')).toMatchObject({
      payload: { data: { noteAdded: null }, errors: [{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }] },
    });
    expect(await socket.next('complete')).toEqual({ id: 'a', type: 'complete' });

    const closed = socket.closed;
    await gateway.close();
    expect(await closed).toEqual({ code: 1001, reason: 'Going away' });
  });
});
