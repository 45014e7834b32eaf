import { createHash } from 'node:crypto';
import { startGateway } from '@starling/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createFixture, createScriptedLog, createTokens, gatewayOf } from './fixture.ts';

/** What makes a request Apollo Server's, which finds nothing in it and answers as without it. */
const NOT_PLAIN = { more: '1' };

const fixture = createFixture();
const log = createScriptedLog();
let tokens: Awaited<ReturnType<typeof createTokens>>;
let gateway: Awaited<ReturnType<typeof startGateway>>;
/** What was asked of subgraphs since the latest request began. */
const asked: string[] = [];

beforeAll(async () => {
  tokens = await createTokens();
  gateway = await startGateway({
    ...gatewayOf(fixture, tokens),
    eventLog: log.eventLog,
    onFetch: ({ subgraph, request }) => asked.push(`${subgraph}: ${request.query}`),
  });
});
afterAll(() => gateway.close());

interface Sent {
  readonly method?: 'GET' | 'POST';
  /** What is posted, or what is written into the address of a GET. */
  readonly body: object;
  readonly headers?: Readonly<Record<string, string>>;
}

function search(body: object): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(body)) {
    parameters.set(name, typeof value === 'string' ? value : JSON.stringify(value));
  }
  return `?${parameters}`;
}

/** All that a client sees, but for what is of the moment. */
async function send({ method = 'POST', body, headers = {} }: Sent) {
  asked.length = 0;
  const given = { 'x-request-id': 'one-id', ...headers };
  const response =
    method === 'GET'
      ? await fetch(`${gateway.url}/graphql${search(body)}`, { headers: given })
      : await fetch(`${gateway.url}/graphql`, {
          method,
          headers: { 'content-type': 'application/json', ...given },
          body: JSON.stringify(body),
        });
  return {
    status: response.status,
    headers: [...response.headers].filter(([name]) => name !== 'date'),
    text: await response.text(),
    asked: [...asked],
  };
}

const NOTES = 'query Notes($first: Int) { notes(first: $first) { id text author { name noteCount } } }';
const SINCE = 'query ($at: DateTime!) { since(at: $at) }';
const TWO = 'query A { person(id: "1") { name } } query B { person(id: "2") { name } }';
const CHOSEN = 'query ($on: Boolean!) { notes { id @include(if: $on) t: text @skip(if: $on) } }';

const KNOWN = '{ person(id: "2") { known: name } }';
const persisted = (text: string) => ({
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(text).digest('hex') },
});

const requests: Readonly<Record<string, Sent>> = {
  'a query': { body: { query: '{ notes(first: 2) { text author { name noteCount } } }' } },
  'variables, a name': { body: { query: NOTES, operationName: 'Notes', variables: { first: 3 } } },
  'nulls for what is not given': { body: { query: NOTES, operationName: null, variables: null } },
  'a variable that nobody declared': { body: { query: NOTES, variables: { first: 1, second: 2 } } },
  'a variable of another type': { body: { query: NOTES, variables: { first: 'many' } } },
  'a number beyond 32 bits': { body: { query: NOTES, variables: { first: 2 ** 40 } } },
  'a variable that is missing': { body: { query: SINCE } },
  'a scalar that is malformed': { body: { query: SINCE, variables: { at: 'yesterday' } } },
  'a malformed scalar of any characters': { body: { query: SINCE, variables: { at: 'gestérn 🐦 เมื่อวาน' } } },
  'a list for variables': { body: { query: NOTES, variables: [] } },
  'text for variables': { body: { query: NOTES, variables: '{"first":1}' } },
  'conditions, one way': { body: { query: CHOSEN, variables: { on: true } } },
  'conditions, the other way': { body: { query: CHOSEN, variables: { on: false } } },
  'the second of two': { body: { query: TWO, operationName: 'B' } },
  'none of two': { body: { query: TWO } },
  'an unknown one of two': { body: { query: TWO, operationName: 'C' } },
  'an empty name': { body: { query: TWO, operationName: '' } },
  'a number for a name': { body: { query: TWO, operationName: 7 } },
  'a field that fails': { body: { query: '{ faulty notes(first: 1) { id } }' } },
  'a field that refuses': { body: { query: '{ picky(input: { id: "x" }) }' } },
  'what must not be null is': { body: { query: '{ secret notes { id } }' } },
  'nobody there': { body: { query: '{ person(id: "9") { name } }' } },
  introspection: { body: { query: '{ __schema { queryType { name } } __typename }' } },
  'odd aliases': { body: { query: '{ constructor: person(id: "1") { toString: name } }' } },
  'lone surrogates': { body: { query: 'query ($id: ID!) { person(id: $id) { name } }', variables: { id: '\ud800' } } },
  'a mutation': { body: { query: 'mutation { rename(to: "Eve") { name } }' } },
  'a subscription': { body: { query: 'subscription { noteAdded { id } }' } },
  'no such field': { body: { query: '{ nobody }' } },
  'no GraphQL': { body: { query: '{ notes ' } },
  'too deep': { body: { query: `{ person(id: "1") ${'{ friends '.repeat(20)} { name } ${'}'.repeat(20)} }` } },
  'too deep to be read': { body: { query: '{a'.repeat(50_000) } },
  'too many aliases': {
    body: { query: `{ ${Array.from({ length: 51 }, (_, at) => `a${at}: __typename`).join(' ')} }` },
  },
  'no words': { body: { query: '' } },
  'a number for words': { body: { query: 7 } },
  'a token that is none': { body: { query: '{ viewer { name } }' }, headers: { authorization: 'Bearer a.b.c' } },
  'an accepted media type': { body: { query: '{ notes { id } }' }, headers: { accept: 'application/json' } },
  'another accepted one': {
    body: { query: '{ notes { id } }' },
    headers: { accept: 'application/graphql-response+json' },
  },
  'one of two accepted ones': {
    body: { query: '{ notes { id } }' },
    headers: { accept: 'application/graphql-response+json, application/json;q=0.9' },
  },
  'JSON by name for no document': { body: { query: '{ nobody }' }, headers: { accept: 'application/json' } },
  'JSON by name for wrong variables': {
    body: { query: NOTES, variables: { first: 'many' } },
    headers: { accept: 'application/json' },
  },
  'the other one for no document': {
    body: { query: '{ nobody }' },
    headers: { accept: 'application/graphql-response+json' },
  },
  'a token that is none for no document': { body: { query: '{' }, headers: { authorization: 'Bearer a.b.c' } },
  'a condition at the root of a subscription': {
    body: { query: 'subscription ($on: Boolean!) { noteAdded @include(if: $on) { id } }', variables: { on: true } },
  },
  'a persisted query with its words': { body: { query: KNOWN, extensions: persisted(KNOWN) } },
  'a persisted query': { body: { extensions: persisted(KNOWN) } },
  'a persisted query that nobody knows': { body: { extensions: persisted('{ unknown }') } },
  'a persisted query with other words': { body: { query: KNOWN, extensions: persisted('{ other }') } },
  'a persisted query of another version': {
    body: { query: KNOWN, extensions: { persistedQuery: { ...persisted(KNOWN).persistedQuery, version: 2 } } },
  },
  'a query by GET': { method: 'GET', body: { query: NOTES, operationName: 'Notes', variables: { first: 3 } } },
  'a persisted query by GET': { method: 'GET', body: { extensions: persisted(KNOWN) } },
  'no document by GET': { method: 'GET', body: { query: '{ nobody }' } },
  'a mutation by GET': { method: 'GET', body: { query: 'mutation { rename(to: "Eve") { name } }' } },
  'wrong variables by GET': { method: 'GET', body: { query: NOTES, variables: { first: 'many' } } },
  'no JSON for variables by GET': { method: 'GET', body: { query: NOTES, variables: '{' } },
  'a GET from another site': {
    method: 'GET',
    body: { query: KNOWN },
    headers: { origin: 'https://elsewhere.example', 'sec-fetch-site': 'cross-site' },
  },
  'none that is known': { body: { query: '{ notes { id } }' }, headers: { accept: 'image/png' } },
  'a charset': { body: { query: '{ notes { id } }' }, headers: { 'content-type': 'application/json; charset=utf-8' } },
};

it.each(Object.entries(requests))('%s: the same answer as by Apollo Server', async (_name, request) => {
  const plain = await send(request);
  const again = await send(request);
  const byApollo = await send({ ...request, body: { ...request.body, ...NOT_PLAIN } });
  expect(plain).toEqual(byApollo);
  expect(again).toEqual(byApollo);
});

it('writes characters of any length as Apollo Server does', async () => {
  const headers = { authorization: `Bearer ${await tokens.sign({ sub: '2', sid: '33' })}` };
  for (const to of ['Zoë', '🐦 สวัสดี', 'half a bird: \ud83d', 'Bo']) {
    const renamed = { query: 'mutation ($to: String!) { rename(to: $to) { name } }', variables: { to } };
    expect((await send({ body: renamed, headers })).status).toBe(200);
    const body = { query: '{ person(id: "2") { name friends { name } } faulty }' };
    const [plain, again, byApollo] = [
      await send({ body }),
      await send({ body }),
      await send({ body: { ...body, ...NOT_PLAIN } }),
    ];
    expect(JSON.parse(plain.text).data.person.name).toBe(to);
    expect(plain).toEqual(byApollo);
    expect(again).toEqual(byApollo);
  }
});

it('answers for whom the token is, and for nobody once its session has ended', async () => {
  const body = { query: '{ viewer { id } secret }' };
  const ada = { body, headers: { authorization: `Bearer ${await tokens.sign({ sub: '1', sid: '31' })}` } };
  const bo = { body, headers: { authorization: `Bearer ${await tokens.sign({ sub: '2', sid: '32' })}` } };
  const answers = await Promise.all([send(ada), send(bo), send({ body }), send(ada)]);
  const texts = answers.map(({ text }) => JSON.parse(text).data);
  expect(texts).toEqual([
    { viewer: { id: '1' }, secret: 'of 1' },
    { viewer: { id: '2' }, secret: 'of 2' },
    null,
    { viewer: { id: '1' }, secret: 'of 1' },
  ]);
  await log.revoke('31');
  expect((await send(ada)).status).toBe(401);
  expect((await send(bo)).status).toBe(200);
});

it('counts what it answers', async () => {
  const counted = async () => {
    const text = await (await fetch(`${gateway.url}/metrics`)).text();
    const of = (outcome: string) =>
      Number(new RegExp(`seconds_count{kind="query",outcome="${outcome}"} (\\d+)`).exec(text)?.[1] ?? 0);
    return { ok: of('ok'), error: of('error') };
  };
  const before = await counted();
  await send({ body: { query: '{ notes { id } }' } });
  await send({ body: { query: '{ faulty }' } });
  await send({ body: { query: NOTES, variables: { first: 'many' } } });
  const after = await counted();
  expect([after.ok - before.ok, after.error - before.error]).toEqual([1, 2]);
});

it('asks subgraphs and counts once when there are no data', async () => {
  const body = { query: 'query ($at: DateTime!) { notes { id } since(at: $at) }', variables: { at: 'yesterday' } };
  const { status, asked: fetches } = await send({ body });
  expect([status, fetches]).toEqual([400, []]);
});

it('knows a document by the id that the protocol for persisted documents gives it', async () => {
  const documentId = (text: string) => `sha256:${persisted(text).persistedQuery.sha256Hash}`;
  const mutation = 'mutation { rename(to: "Eve") { id } }';
  await send({ body: { query: KNOWN, extensions: persisted(KNOWN) } });
  await send({ body: { query: mutation, extensions: persisted(mutation) } });
  expect(JSON.parse((await send({ body: { documentId: documentId(KNOWN) } })).text).data).toEqual({
    person: { known: 'Bo' },
  });
  const byGet = await send({ method: 'GET', body: { documentId: documentId(KNOWN) } });
  expect(JSON.parse(byGet.text).data).toEqual({ person: { known: 'Bo' } });
  const changed = await send({ body: { documentId: documentId(mutation) } });
  expect(JSON.parse(changed.text).errors[0].extensions.code).toBe('UNAUTHENTICATED');
  const unknown = await send({ body: { documentId: documentId('{ unknown }') } });
  expect([unknown.status, JSON.parse(unknown.text).errors[0].extensions.code]).toEqual([
    400,
    'PERSISTED_QUERY_NOT_FOUND',
  ]);
});

it('gives everybody the answer when many register a new document at once', async () => {
  const query = '{ person(id: "2") { registered: name } }';
  const body = { query, extensions: persisted(query) };
  const answers = await Promise.all(Array.from({ length: 100 }, () => send({ body })));
  expect(new Set(answers.map(({ text }) => text))).toEqual(new Set(['{"data":{"person":{"registered":"Bo"}}}\n']));
});

it('gives everybody the answer when many send a new document at once', async () => {
  const query = '{ person(id: "2") { first: name second: name } }';
  const answers = await Promise.all(Array.from({ length: 100 }, () => send({ body: { query } })));
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
  expect(JSON.parse(answers[0]?.text ?? '').data.person.first).toBe('Bo');
});
