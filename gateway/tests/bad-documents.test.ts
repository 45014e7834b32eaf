import { startGateway } from '@starling/gateway';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createFixture, createTokens, gatewayOf } from './fixture.ts';
import { startStockGateway } from './stock-gateway.ts';

const fixture = createFixture();
let gateway: Awaited<ReturnType<typeof startGateway>>;
let stock: Awaited<ReturnType<typeof startStockGateway>>;

beforeAll(async () => {
  const tokens = await createTokens();
  gateway = await startGateway(gatewayOf(fixture, tokens));
  stock = await startStockGateway(fixture.supergraphSdl, [fixture.people, fixture.notes]);
});
afterAll(() => Promise.all([gateway.close(), stock.close()]));

async function post(body: string, url = gateway.url) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  return { status: response.status, text: await response.text() };
}

async function ask(query: string, variables: unknown = {}, operationName?: string) {
  const { status, text } = await post(JSON.stringify({ query, variables, operationName }));
  return { status, ...JSON.parse(text) };
}

async function askStock(query: string, variables: unknown) {
  const { status, text } = await post(JSON.stringify({ query, variables }), stock.url);
  return { status, ...JSON.parse(text) };
}

const codeOf = (errors: { extensions: { code: string } }[] | undefined) => errors?.[0]?.extensions.code;

describe('names that objects have by nature', () => {
  it('are names like others: of aliases, fragments, operations and variables', async () => {
    const query = `query constructor($constructor: ID!, $__proto__: ID = "2", $toString: Boolean = true) {
      constructor: person(id: $constructor) { __proto__: name valueOf: noteCount ...hasOwnProperty }
      __proto__: person(id: $__proto__) { toString: __typename constructor: friends { __proto__: noteCount } }
      hasOwnProperty: notes(first: 1) @include(if: $toString) { author { isPrototypeOf: name constructor: noteCount } }
    }
    fragment hasOwnProperty on Person { __defineGetter__: id }`;
    const { text } = await post(JSON.stringify({ query, variables: { constructor: '1' } }));
    expect(text).toBe(
      '{"data":{"constructor":{"__proto__":"Ada","valueOf":7,"__defineGetter__":"1"},' +
        '"__proto__":{"toString":"Person","constructor":[{"__proto__":7},{"__proto__":7}]},' +
        '"hasOwnProperty":[{"author":{"isPrototypeOf":"Ada","constructor":7}}]}}\n',
    );
    expect({}).not.toHaveProperty('name');
  });

  it('are absent variables when they are not given', async () => {
    const answer = await ask('query ($constructor: ID!) { person(id: $constructor) { name } }');
    expect(codeOf(answer.errors)).toBe('BAD_USER_INPUT');
    const optional = await ask('query ($toString: Int) { notes(first: $toString) { id } }');
    expect(optional.data.notes).toHaveLength(2);
  });

  it('set nothing on anything when they come as variables: such a body is refused, as in front of the stock gateway', async () => {
    const body =
      '{"query":"{ notes(first: 1) { id } }","variables":{"__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}}';
    const [ours, theirs] = [await post(body), await post(body, stock.url)];
    expect([ours.status, theirs.status, codeOf(JSON.parse(ours.text).errors)]).toEqual([400, 400, 'BAD_REQUEST']);
    expect({}).not.toHaveProperty('polluted');
  });
});

describe('aliases that are the names of keys', () => {
  it('are the client’s: what subgraphs need to know goes under other names', async () => {
    const query = '{ notes(first: 2) { author { id: name name: id noteCount __typename: name } id: text } }';
    expect((await ask(query)).data).toEqual({
      notes: [
        { author: { id: 'Ada', name: '1', noteCount: 7, __typename: 'Ada' }, id: 'note 0' },
        { author: { id: 'Bo', name: '2', noteCount: 7, __typename: 'Bo' }, id: 'note 1' },
      ],
    });
  });
});

const nest = (levels: number) => `{ person(id: "1") ${'{ friends '.repeat(levels)} { id } ${'}'.repeat(levels)} }`;

const BAD: [string, string, unknown, number, string][] = [
  ['no document', '', {}, 400, 'BAD_REQUEST'],
  ['a lone brace', '{', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  ['an unfinished text', '{ person(id: "1', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  ['a NUL', '{ person\u0000 }', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  ['twenty levels', nest(20), {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['a thousand levels', nest(1_000), {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['fifty thousand levels', '{ a '.repeat(50_000), {}, 400, 'GRAPHQL_PARSE_FAILED'],
  [
    'a fragment within itself',
    '{ viewer { ...A } } fragment A on Person { friends { ...A } }',
    {},
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'fragments within each other',
    '{ viewer { ...A } } fragment A on Person { ...B } fragment B on Person { ...A }',
    {},
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'a thousand aliases',
    `{ ${Array.from({ length: 900 }, (_, at) => `a${at}: __typename`).join(' ')} }`,
    {},
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'fragments that multiply',
    `{ person(id: "1") { ...A } } ${[...'ABCDEFGHIJK']
      .map(
        (name, at) =>
          `fragment ${name} on Person { x: friends { ...${'BCDEFGHIJKL'[at]} } y: friends { ...${'BCDEFGHIJKL'[at]} } }`,
      )
      .join(' ')} fragment L on Person { id }`,
    {},
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  [
    'aliases that collide',
    '{ a: person(id: "1") { name } a: person(id: "2") { name } }',
    {},
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['an argument __proto__', '{ person(id: "1", __proto__: "2") { name } }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['an argument constructor alone', '{ person(constructor: "1") { name } }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  [
    'fields of an input that objects have by nature',
    '{ picky(input: { id: "1", __proto__: { id: "2" }, constructor: 1, toString: 1 }) }',
    {},
    400,
    'GRAPHQL_VALIDATION_FAILED',
  ],
  ['a field hasOwnProperty', '{ person(id: "1") { hasOwnProperty } }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['a number beyond 32 bits', '{ notes(first: 2147483648) { id } }', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['a number beyond all', `{ notes(first: ${'9'.repeat(400)}) { id } }`, {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
  ['a lone surrogate escaped', '{ person(id: "\\uD800") { name } }', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  ['a lone surrogate as it is', '{ person(id: "\uD800") { name } }', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  ['a lone surrogate as a name', '{ \uDC00: __typename }', {}, 400, 'GRAPHQL_PARSE_FAILED'],
  [
    'a variable beyond 32 bits',
    'query ($n: Int) { notes(first: $n) { id } }',
    { n: 2_147_483_648 },
    400,
    'BAD_USER_INPUT',
  ],
  ['a fraction for a whole number', 'query ($n: Int) { notes(first: $n) { id } }', { n: 1.5 }, 400, 'BAD_USER_INPUT'],
  ['a text for a number', 'query ($n: Int) { notes(first: $n) { id } }', { n: '1' }, 400, 'BAD_USER_INPUT'],
  [
    'an object for an id',
    'query ($id: ID!) { person(id: $id) { name } }',
    { id: { __proto__: null } },
    400,
    'BAD_USER_INPUT',
  ],
  ['a list for an id', 'query ($id: ID!) { person(id: $id) { name } }', { id: ['1'] }, 400, 'BAD_USER_INPUT'],
  [
    'null for a condition',
    'query ($on: Boolean = true) { viewer @include(if: $on) { id } }',
    { on: null },
    400,
    'BAD_USER_INPUT',
  ],
  [
    'an unknown field of an input',
    'query ($p: Picky!) { picky(input: $p) }',
    { p: { id: '1', constructor: 1 } },
    400,
    'BAD_USER_INPUT',
  ],
  [
    'an operation that is not there',
    'query A { viewer { id } } query B { viewer { id } }',
    {},
    400,
    'OPERATION_RESOLUTION_FAILURE',
  ],
];

/** Where the stock gateway has no limit, and plans what it is sent, or takes the client's fault for its own. */
const STOCK_OTHERWISE: ReadonlySet<string> = new Set([
  'twenty levels',
  'a thousand levels',
  'a thousand aliases',
  'fragments that multiply',
  'null for a condition',
  'an operation that is not there',
]);

async function keptDocuments() {
  const text = await (await fetch(`${gateway.url}/metrics`)).text();
  return [...text.matchAll(/kept_documents\{what="(\w+)"\} (\d+)/g)].map(([, what, count]) => [what, Number(count)]);
}

describe('what is wrong is told', () => {
  it.each(BAD.filter(([what]) => !STOCK_OTHERWISE.has(what)))(
    'as the stock gateway would, with %s',
    async (_what, query, variables) => {
      const [ours, theirs] = [await ask(query, variables), await askStock(query, variables)];
      expect([ours.status, codeOf(ours.errors), 'data' in ours]).toEqual([
        theirs.status,
        codeOf(theirs.errors),
        'data' in theirs,
      ]);
    },
  );

  it.each(BAD)('once and for all, with %s: what comes next has no longer way', async (_what, query, variables) => {
    const good = '{ person(id: "1") { name } }';
    await ask(good);
    await ask(query, variables);
    const before = await keptDocuments();
    for (let time = 0; time < 3; time++) await ask(query, variables);
    expect((await ask(good)).data).toEqual({ person: { name: 'Ada' } });
    expect(await keptDocuments()).toEqual(before);
  });

  it.each(BAD)('with %s', async (_what, query, variables, status, code) => {
    const answer = await ask(query, variables);
    expect([answer.status, codeOf(answer.errors)]).toEqual([status, code]);
    expect((await ask('{ person(id: "1") { name noteCount } }')).data).toEqual({
      person: { name: 'Ada', noteCount: 7 },
    });
  });

  it('with variables that are no object, and with text that is no JSON', async () => {
    for (const variables of ['7', '"text"', '[1]']) {
      const { status } = await post(`{"query":"{ viewer { id } }","variables":${variables}}`);
      expect([variables, status]).toEqual([variables, 400]);
    }
    expect((await post('{"query":"{ viewer { id } }"')).status).toBe(400);
  });

  it('a lone surrogate in a variable reaches a subgraph as it is, and does no harm', async () => {
    const { status, text } = await post(
      '{"query":"query ($id: ID!) { person(id: $id) { name } }","variables":{"id":"\\ud800"}}',
    );
    expect([status, JSON.parse(text)]).toEqual([200, { data: { person: null } }]);
  });
});
