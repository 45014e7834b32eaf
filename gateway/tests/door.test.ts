import { type GatewayOptions, startGateway } from '@starling/gateway';
import { IDENTITY_HEADER } from '@starling/platform/identity';
import { serveSubgraph } from '@starling/platform/subgraph-server';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createFixture, createScriptedLog, createTokens, gatewayOf, secret, silent } from './fixture.ts';

const fixture = createFixture();
const log = createScriptedLog();
let tokens: Awaited<ReturnType<typeof createTokens>>;
let gateway: Awaited<ReturnType<typeof startGateway>>;

beforeAll(async () => {
  tokens = await createTokens();
  gateway = await startGateway({
    ...gatewayOf(fixture, tokens),
    eventLog: log.eventLog,
  });
});
afterAll(() => gateway.close());
beforeEach(() => {
  fixture.identities.length = 0;
});

interface Answer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: { message: string; path?: unknown[]; extensions: Record<string, unknown> }[];
}

async function send(init: RequestInit & { headers?: Record<string, string> }, path = '/graphql') {
  const response = await fetch(gateway.url + path, init);
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parsed(text) };
}

function parsed(text: string): Answer {
  return text.startsWith('{') ? JSON.parse(text) : {};
}

function post(query: string, variables: object = {}, headers: Record<string, string> = {}) {
  return send({
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
}

async function bearer(...args: Parameters<typeof tokens.sign>) {
  return { authorization: `Bearer ${await tokens.sign(...args)}` };
}

describe('GraphQL over HTTP', () => {
  it('joins what two subgraphs say', async () => {
    const { status, body } = await post('{ notes(first: 2) { text author { name noteCount } } }');
    expect(status).toBe(200);
    expect(body).toEqual({
      data: {
        notes: [
          { text: 'note 0', author: { name: 'Ada', noteCount: 7 } },
          { text: 'note 1', author: { name: 'Bo', noteCount: 7 } },
        ],
      },
    });
  });

  it('answers a query by GET, to programs and to its own pages, not to a page of another site', async () => {
    const path = `/graphql?query=${encodeURIComponent('{ person(id: "1") { name } }')}`;
    const answer = { data: { person: { name: 'Ada' } } };
    expect((await send({}, path)).body).toEqual(answer);
    expect((await send({ headers: { origin: gateway.url } }, path)).body).toEqual(answer);
    const foreign = await send({ headers: { origin: 'https://elsewhere.example' } }, path);
    expect(foreign.status).toBe(400);
    expect(foreign.body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    const byForm = await send({
      method: 'POST',
      headers: { 'content-type': 'text/plain' },
      body: '{"query":"{ __typename }"}',
    });
    expect(byForm.status).toBeGreaterThanOrEqual(400);
  });

  it('changes nothing by GET', async () => {
    const path = `/graphql?query=${encodeURIComponent('mutation { rename(to: "Eve") { name } }')}`;
    expect((await send({ headers: await bearer() }, path)).status).toBe(405);
    expect((await post('{ person(id: "1") { name } }')).body.data).toEqual({ person: { name: 'Ada' } });
  });

  it('answers introspection, with nothing of federation in it', async () => {
    const { body } = await post('{ __schema { types { name } } __type(name: "Note") { fields { name } } }');
    const schema = body.data?.__schema as { types: { name: string }[] } | undefined;
    const types = schema?.types.map(({ name }) => name) ?? [];
    expect(types).toContain('Person');
    expect(types.filter((name) => name.includes('_Entity') || name.startsWith('join__'))).toEqual([]);
    expect(body.data?.__type).toEqual({ fields: [{ name: 'id' }, { name: 'text' }, { name: 'author' }] });
  });

  it('answers introspection under the name that it was asked under, also under that of a key', async () => {
    const { body } = await post('{ id: __type(name: "Note") { name kind } person(id: "1") { id: name } }');
    expect(body).toEqual({ data: { id: { name: 'Note', kind: 'OBJECT' }, person: { id: 'Ada' } } });
  });

  it('refuses a subscription', async () => {
    const { status, body } = await post('subscription { noteAdded { id } }');
    expect(status).toBe(400);
    expect(body.errors?.[0]?.extensions.code).toBe('BAD_REQUEST');
    const conditional = 'subscription ($on: Boolean!) { noteAdded @include(if: $on) { id } }';
    expect((await post(conditional, { on: true })).status).toBe(400);
  });

  it('refuses batches, garbage and bodies beyond its limit', async () => {
    const json = { 'content-type': 'application/json' };
    const batch = await send({ method: 'POST', headers: json, body: '[{"query":"{ __typename }"}]' });
    expect([batch.status, batch.body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    const garbage = await send({ method: 'POST', headers: json, body: '{"query"' });
    expect([garbage.status, garbage.body.errors?.[0]?.extensions.code]).toEqual([400, 'BAD_REQUEST']);
    const huge = await send({ method: 'POST', headers: json, body: `{"query":"#${'x'.repeat(300_000)}"}` });
    expect([huge.status, huge.body.errors?.[0]?.extensions.code]).toEqual([413, 'BAD_REQUEST']);
  });

  it('takes a well-formed request id and gives it back', async () => {
    const { headers } = await post('{ viewer { id } }', {}, { 'x-request-id': 'from-balancer-7' });
    expect(headers.get('x-request-id')).toBe('from-balancer-7');
    expect(fixture.identities.map(({ requestId }) => requestId)).toEqual(['from-balancer-7']);
    const other = await post('{ viewer { id } }', {}, { 'x-request-id': 'a b"c' });
    expect(other.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/);
  });
});

describe('errors', () => {
  it('say nothing of what is inside', async () => {
    const { text, body } = await post('{ faulty }');
    expect(body).toEqual({
      data: { faulty: null },
      errors: [
        {
          message: 'Something went wrong on our side.',
          path: ['faulty'],
          extensions: { code: 'INTERNAL_SERVER_ERROR' },
        },
      ],
    });
    expect(text).not.toContain('hunter2');
  });

  it('say what is wrong on our side where they are to, and nowhere else', async () => {
    const subgraph = fixture.notes;
    const elsewhere = await serveSubgraph({
      subgraph,
      host: '127.0.0.1',
      port: 0,
      identitySecret: secret,
      logger: silent,
      showsFaults: true,
    });
    const overHttp = {
      ...gatewayOf(fixture, tokens),
      subgraphs: [fixture.people, { name: subgraph.name, url: elsewhere.url }],
      identitySecret: secret,
    };
    const messageOf = async (options: GatewayOptions) => {
      const started = await startGateway(options);
      const messages: unknown[] = [];
      // Without Apollo Server, and by it: a form that is not common is its own.
      for (const more of [{}, { unknown: 1 }]) {
        const response = await fetch(`${started.url}/graphql`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ query: '{ faulty }', ...more }),
        });
        const { errors } = (await response.json()) as Answer;
        expect(errors?.[0]?.extensions).toEqual({ code: 'INTERNAL_SERVER_ERROR' });
        messages.push(errors?.[0]?.message);
      }
      await started.close();
      expect(new Set(messages).size).toBe(1);
      return messages[0];
    };
    const shown = await messageOf({ ...gatewayOf(fixture, tokens), showsFaults: true });
    expect(shown).toContain('hunter2');
    expect(await messageOf({ ...overHttp, showsFaults: true })).toBe(shown);
    expect(await messageOf(overHttp)).toBe('Something went wrong on our side.');
    await elsewhere.close();
  });

  it('keep the code and the argument that a subgraph gave', async () => {
    const { body } = await post('{ picky(input: { id: "x" }) }');
    expect(body.errors).toEqual([
      { message: 'That is no id.', path: ['picky'], extensions: { code: 'BAD_USER_INPUT', argument: 'input.id' } },
    ]);
  });

  it('tell of malformed variables before anything runs', async () => {
    const wrongType = await post('query ($input: Picky!) { picky(input: $input) }', { input: { id: {} } });
    expect(wrongType.body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'input.id' });
    const missing = await post('query ($input: Picky!) { picky(input: $input) }');
    expect(missing.body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'input' });
    const malformed = await post('query ($at: DateTime!) { since(at: $at) }', { at: 'yesterday' });
    expect(malformed.body.errors?.[0]?.extensions).toEqual({ code: 'BAD_USER_INPUT', argument: 'at' });
    expect(fixture.identities).toEqual([]);
  });

  it.each([
    ['{', 'GRAPHQL_PARSE_FAILED'],
    ['{ nowhere }', 'GRAPHQL_VALIDATION_FAILED'],
    ['{ since(at: "yesterday") }', 'GRAPHQL_VALIDATION_FAILED'],
    [`{ person(id: "1") ${'{ friends '.repeat(16)} { id } ${'}'.repeat(16)} }`, 'GRAPHQL_VALIDATION_FAILED'],
    [
      `{ ${Array.from({ length: 51 }, (_, at) => `a${at}: person(id: "1") { id }`).join(' ')} }`,
      'GRAPHQL_VALIDATION_FAILED',
    ],
    [`{ ${'viewer { id } '.repeat(1_500)} }`, 'GRAPHQL_PARSE_FAILED'],
  ])('refuse %.60s', async (query, code) => {
    const { status, body } = await post(query);
    expect([status, body.errors?.[0]?.extensions.code]).toEqual([400, code]);
    expect(fixture.identities).toEqual([]);
  });
});

describe('identity', () => {
  it('is the token’s', async () => {
    const { body } = await post('{ viewer { name } secret }', {}, await bearer({ sub: '2', sid: '20' }));
    expect(body.data).toEqual({ viewer: { name: 'Bo' }, secret: 'of 2' });
    expect(fixture.identities[0]?.viewer).toEqual({ userId: '2', sessionId: '20', role: 'USER' });
  });

  it('is nobody’s without one: public data is there, the rest is UNAUTHENTICATED', async () => {
    const { status, body } = await post('{ viewer { name } person(id: "1") { name } }');
    expect([status, body]).toEqual([200, { data: { viewer: null, person: { name: 'Ada' } } }]);
    expect((await post('{ secret }')).body.errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
  });

  it('cannot be given by a header that subgraphs know', async () => {
    await post('{ viewer { name } }', {}, { [IDENTITY_HEADER]: 'eyJ2aWV3ZXIiOnsidXNlcklkIjoiMiJ9fQ.x' });
    expect(fixture.identities.map(({ viewer }) => viewer)).toEqual([null]);
  });

  it.each([
    ['an expired token', () => bearer({}, { age: 700 })],
    ['one for another service', () => bearer({}, { audience: 'elsewhere' })],
    ['one of another issuer', () => bearer({}, { issuer: 'elsewhere' })],
    ['one of another kind', () => bearer({}, { typ: 'JWT' })],
    ['one without a session', () => bearer({ sid: undefined })],
    ['one with an unknown role', () => bearer({ role: 'ROOT' })],
    ['one that is good for days', () => bearer({}, { age: 7_200, lifetime: 99_999 })],
    ['one signed by somebody else', async () => ({ authorization: `Bearer ${await (await createTokens()).sign()}` })],
    ['another scheme', async () => ({ authorization: 'Basic YTpi' })],
    ['garbage', async () => ({ authorization: 'Bearer a.b.c' })],
  ])('is refused with %s, not treated as signed out', async (_what, headers) => {
    const { status, body, headers: answered } = await post('{ person(id: "1") { name } }', {}, await headers());
    expect([status, body.data, body.errors?.[0]?.extensions.code]).toEqual([401, undefined, 'UNAUTHENTICATED']);
    expect(answered.get('www-authenticate')).toContain('invalid_token');
    expect(fixture.identities).toEqual([]);
  });

  it('ends with its session, which a mutation waits to be heard of', async () => {
    const headers = await bearer({ sid: '77' });
    expect((await post('{ secret }', {}, headers)).body.data).toEqual({ secret: 'of 1' });
    log.asked.length = 0;
    await post('mutation { rename(to: "Ada") { name } }', {}, headers);
    expect(log.asked).toEqual(['gateway.revoked-sessions']);
    await log.revoke('77');
    expect((await post('{ secret }', {}, headers)).status).toBe(401);
    expect((await post('{ secret }', {}, await bearer({ sid: '78' }))).status).toBe(200);
  });
});

describe('what is beside the graph', () => {
  it('tells operators how it is', async () => {
    expect((await send({}, '/healthz')).status).toBe(200);
    expect((await send({}, '/readyz')).status).toBe(200);
    await post('{ notes { author { name } } }');
    const { text } = await send({}, '/metrics');
    expect(text).toContain('starling_gateway_operation_seconds_count{kind="query",outcome="ok"}');
    expect(text).toContain('starling_gateway_fetch_seconds_count{subgraph="people",outcome="ok"}');
    expect(text).toContain('process_cpu_seconds_total');
  });

  it('publishes the public keys', async () => {
    expect(JSON.parse((await send({}, '/.well-known/jwks.json')).text)).toEqual(tokens.keySet);
  });

  it('shows people Apollo Sandbox, also at the graph’s own address', async () => {
    const html = { headers: { accept: 'text/html' } };
    for (const path of ['/', '/graphql']) {
      const page = await send(html, path);
      expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8']);
      expect(page.text).toContain('embeddable-sandbox');
    }
  });

  it('shows a bundled explorer whose every part is served from here', async () => {
    const page = await send({ headers: { accept: 'text/html' } }, '/explorer');
    expect(page.status).toBe(200);
    expect(page.text).not.toMatch(/(src|href)="(https?:)?\/\//);
    const parts = [...page.text.matchAll(/(?:src|href)="(\/[^"]+)"/g)].map(([, path]) => path as string);
    expect(parts.length).toBeGreaterThanOrEqual(7);
    for (const path of parts) {
      const part = await send({}, path);
      expect([path, part.status, part.text.length > 0]).toEqual([path, 200, true]);
      const etag = part.headers.get('etag') ?? '';
      expect((await send({ headers: { 'if-none-match': etag } }, path)).status).toBe(304);
    }
  });

  it('answers other paths with an error that names the graph’s', async () => {
    expect((await send({}, '/elsewhere')).status).toBe(404);
  });
});
