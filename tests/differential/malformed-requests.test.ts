import { startGateway } from '@starling/gateway';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { loadSupergraph } from '../../gateway/src/execution/supergraph.ts';
import { createFixture, createTokens, gatewayOf } from '../../gateway/tests/fixture.ts';
import { startStockGateway } from '../../gateway/tests/stock-gateway.ts';
import { type Chance, chance, hash } from './chance.ts';
import { ODD_NAMES } from './random-input.ts';
import { type RandomOperation, randomOperation } from './random-operation.ts';

const REQUESTS = 400;

const fixture = createFixture();
const { schema } = loadSupergraph(fixture.supergraphSdl);
let gateway: Awaited<ReturnType<typeof startGateway>>;
let stock: Awaited<ReturnType<typeof startStockGateway>>;

beforeAll(async () => {
  fixture.release('now');
  gateway = await startGateway(gatewayOf(fixture, await createTokens()));
  stock = await startStockGateway(fixture.supergraphSdl, [fixture.people, fixture.notes]);
});
afterAll(() => Promise.all([gateway.close(), stock.close()]));

type Request = Pick<RandomOperation, 'query' | 'variables' | 'operationName'>;
type Spoil = (request: Request, random: Chance) => Request;

const PIECES = [
  '{',
  '}',
  '(',
  ')',
  '[',
  '"',
  '"""',
  '$',
  '!',
  ':',
  '@',
  '...',
  '#',
  '\\',
  '\u0000',
  '\ud800',
  '0',
  '&',
];
const NUMBERS = [
  '2147483648',
  '-2147483649',
  '99999999999999999999',
  '1e400',
  '0.5',
  '-0',
  '007',
  '"7"',
  'null',
  'true',
];

/** Values that variables seldom want. */
const WRONG: readonly unknown[] = [
  null,
  7,
  2 ** 31,
  2 ** 53,
  -0.5,
  'text',
  '\ud800',
  '',
  true,
  [],
  [null],
  [[7]],
  {},
  { constructor: 1 },
];

function inText(change: (text: string, at: number, random: Chance) => string): Spoil {
  return (request, random) => ({
    ...request,
    query: change(request.query, random.below(request.query.length), random),
  });
}

function atWord(words: RegExp, others: readonly string[]): Spoil {
  return (request, random) => {
    const found = [...request.query.matchAll(words)];
    if (found.length === 0) return request;
    const { index, 0: word } = random.pick(found);
    const { query } = request;
    return { ...request, query: query.slice(0, index) + random.pick(others) + query.slice(index + word.length) };
  };
}

const SPOILS: readonly Spoil[] = [
  inText((text, at) => text.slice(0, at) + text.slice(at + 1)),
  inText((text, at) => text.slice(0, at)),
  inText((text, at, random) => text.slice(0, at) + random.pick(PIECES) + text.slice(at)),
  inText((text, at, random) => text.slice(0, at) + text.slice(at - random.below(9))),
  inText((text, _at, random) => `${text} fragment C on Query { viewer { id } ...${random.pick(['C', 'D', 'F0'])} }`),
  inText((text) => text.replace(/\}\s*$/, ' ...C } fragment C on Query { ...D } fragment D on Query { ...C }')),
  atWord(/\b[a-zA-Z_]\w*\b/g, [...ODD_NAMES, 'id', 'query', 'on', 'fragment', '__typename', '__schema', 'v0', 'null']),
  atWord(/(?<=: |\[|, )\d+/g, NUMBERS),
  atWord(/\$\w+/g, ['$v0', '$v1', '$nobody', ...ODD_NAMES.map((name) => `$${name}`)]),
  (request, random) => {
    const names = Object.keys(request.variables);
    if (names.length === 0) return { ...request, variables: { more: random.pick(WRONG) } };
    return { ...request, variables: { ...request.variables, [random.pick(names)]: random.pick(WRONG) } };
  },
  (request, random) => {
    const kept = Object.entries(request.variables).filter(() => random.oneIn(2));
    return { ...request, variables: Object.fromEntries(kept) };
  },
];

async function send(url: string, body: string) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  });
  const answer = (await response.json()) as { data?: unknown; errors?: { extensions?: { code?: string } }[] };
  return { status: response.status, code: answer.errors?.[0]?.extensions?.code, hasData: 'data' in answer };
}

it('are refused as the stock gateway refuses them, or answered as it answers', async () => {
  const codes = new Map<unknown, number>();
  for (let number = 0; number < REQUESTS; number++) {
    const random = chance(hash('malformed', number));
    let request: Request = randomOperation(schema, hash('request', number), { fields: 8, depth: 3 });
    for (let spoiled = 0; spoiled <= random.below(2); spoiled++) request = random.pick(SPOILS)(request, random);
    const body = JSON.stringify(request);
    const [ours, theirs] = [await send(gateway.url, body), await send(stock.url, body)];
    // A body that may set a prototype is refused before anybody looks what it asks for: the stock server's refusal has no code.
    if (Object.hasOwn(request.variables, '__proto__')) theirs.code = 'BAD_REQUEST';
    expect({ number, body, ...ours }).toEqual({ number, body, ...theirs });
    codes.set(ours.code, (codes.get(ours.code) ?? 0) + 1);
  }
  for (const code of ['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT', undefined]) {
    expect([code, codes.get(code) ?? 0]).toEqual([code, expect.any(Number)]);
    expect(codes.get(code)).toBeGreaterThan(10);
  }
});
