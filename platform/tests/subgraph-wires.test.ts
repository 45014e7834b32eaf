import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Ending } from '@starling/platform/batching';
import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner, IDENTITY_HEADER, type Identity, signedOut } from '@starling/platform/identity';
import { type RunningServer, serveSubgraph } from '@starling/platform/subgraph-server';
import { GATEWAY, KNOWN_IDENTITIES, KNOWN_OPERATIONS, MAX_QUESTION_BYTES, SUBGRAPH } from '@starling/platform/wire';
import { parse } from 'graphql';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gate } from './support/gate.ts';
import { openTestWire, type TestWire } from './support/test-wire.ts';

const secret = 'a secret of more than thirty-two characters';
const signer = createIdentitySigner({ secret, now: () => Date.now() });
const ada: Identity = { viewer: { userId: '5', sessionId: '6', role: 'USER' }, requestId: 'told' };

const BOOKS = new Map(['1', '2'].map((id) => [id, { id, title: `book ${id}`, pages: 100, year: 1900 }]));

let mayGoOn: ReturnType<typeof gate>;
let begun: ReturnType<typeof gate>;
let stopped: ReturnType<typeof gate>;
let requestIds: string[];
let renamed: string[];

function library(): Subgraph {
  const resolvers = {
    Query: {
      whoAmI: (_root: unknown, _args: unknown, { identity }: { identity: Identity }) =>
        identity.viewer?.userId ?? 'nobody',
      slow: async () => {
        begun.open();
        await mayGoOn.opened;
        return 'at last';
      },
      long: (_root: unknown, { length }: { length: number }) => 'x'.repeat(length),
    },
    Mutation: {
      rename: async (_root: unknown, { to }: { to: string }) => {
        begun.open();
        await mayGoOn.opened;
        renamed.push(to);
        return to;
      },
    },
    Book: {
      __resolveReference: ({ id }: { id: string }) => BOOKS.get(id) ?? null,
      mine: ({ id }: { id: string }, _args: unknown, { identity }: { identity: Identity }) =>
        `${id} of ${identity.viewer?.userId}`,
    },
    Shelf: { mine: () => null },
  };
  return {
    name: 'library',
    schema: buildSubgraphSchema({
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
        type Query { whoAmI: String! slow: String long(length: Int!): String }
        type Mutation { rename(to: String!): String }
        type Book @key(fields: "id") { id: ID! title: String pages: Int year: Int mine: String }
        type Shelf @key(fields: "id") { id: ID! room: String mine: String }
      `),
      resolvers: resolvers as never,
    }),
    sameForAll: { Book: { ofRow: [] }, Shelf: { ofRow: [], ofReference: [] } },
    createContext(identity: Identity, ending?: Ending) {
      requestIds.push(identity.requestId);
      ending?.addEventListener('abort', stopped.open);
      return { identity };
    },
    start: async () => {},
    stop: async () => {},
  };
}

let server: RunningServer;
let wire: TestWire;

async function open(): Promise<TestWire> {
  const opened = await openTestWire(server.url, { [IDENTITY_HEADER]: signer.sign(signedOut('gateway'), 'library') });
  if (typeof opened === 'number') throw new Error(`No wire, but ${opened}.`);
  return opened;
}

async function start(): Promise<void> {
  server = await serveSubgraph({
    subgraph: library(),
    host: '127.0.0.1',
    port: 0,
    identitySecret: secret,
    logger: pino({ level: 'silent' }),
  });
  wire = await open();
  wire.say(GATEWAY.operation, 0, '{ whoAmI }');
  wire.say(GATEWAY.operation, 1, '{ slow }');
  wire.say(GATEWAY.identity, 0, signer.sign(ada, 'library'));
}

beforeEach(async () => {
  [mayGoOn, begun, stopped] = [gate(), gate(), gate()];
  [requestIds, renamed] = [[], []];
  await start();
});
afterEach(async () => {
  vi.useRealTimers();
  mayGoOn.open();
  wire.socket.destroy();
  await server.close();
});

function question(operation: number, more: object = {}) {
  return { operation, identity: 0, requestId: 'r-1', deadlineMs: 10_000, ...more };
}

const answer = (number: number, data: object) => ({
  kind: SUBGRAPH.answer,
  number,
  text: JSON.stringify({ data }),
});
const refusal = (number: number, status: number) => ({ kind: SUBGRAPH.refusal, number, text: `${status}` });

describe('on a wire', () => {
  it('each question is answered when its answer is there, as who asks', async () => {
    wire.say(GATEWAY.ask, 1, question(1));
    wire.say(GATEWAY.ask, 2, question(0, { requestId: 'r-2' }));
    expect(await wire.next()).toEqual(answer(2, { whoAmI: '5' }));
    expect(requestIds).toEqual(['r-1', 'r-2']);
    mayGoOn.open();
    expect(await wire.next()).toEqual(answer(1, { slow: 'at last' }));
  });

  it('numbers stand for what was told last', async () => {
    wire.say(GATEWAY.identity, 0, signer.sign(signedOut('told'), 'library'));
    wire.say(GATEWAY.operation, 0, 'query Mine { me: whoAmI } query Yours { you: whoAmI }');
    wire.say(GATEWAY.ask, 1, question(0, { operationName: 'Yours' }));
    expect(await wire.next()).toEqual(answer(1, { you: 'nobody' }));
  });

  it('what is wrong with one question costs the others nothing', async () => {
    const forger = createIdentitySigner({ secret: `${secret}!` });
    const aged = createIdentitySigner({ secret, now: () => Date.now() - 60_000 });
    wire.say(GATEWAY.identity, 1, forger.sign(ada, 'library'));
    wire.say(GATEWAY.identity, 2, signer.sign(ada, 'attic'));
    wire.say(GATEWAY.identity, 3, aged.sign(ada, 'library'));
    wire.say(GATEWAY.identity, 4, 'garbage');
    wire.say(GATEWAY.ask, 1, question(1));
    const wrong: [unknown, number][] = [
      ...[1, 2, 3, 4, 5].map((identity): [unknown, number] => [question(0, { identity }), 401]),
      [question(7), 400],
      [question(0, { requestId: 7 }), 400],
      [question(0, { requestId: 'r'.repeat(129) }), 400],
      [question(0, { variables: 'none' }), 400],
      [question(0, { variables: [] }), 400],
      [question(0, { operationName: {} }), 400],
      [question(0, { identity: signer.sign(ada, 'library') }), 400],
      [{}, 400],
      ['', 400],
      ['{"operation":0', 400],
      ['[]', 400],
      ['null', 400],
      [question(0, { variables: { text: 'x'.repeat(MAX_QUESTION_BYTES) } }), 413],
    ];
    for (const [at, [said, status]] of wrong.entries()) {
      wire.say(GATEWAY.ask, 10 + at, said);
      expect(await wire.next(), JSON.stringify(said).slice(0, 100)).toEqual(refusal(10 + at, status));
    }
    expect(requestIds).toEqual(['r-1']);
    mayGoOn.open();
    expect(await wire.next()).toEqual(answer(1, { slow: 'at last' }));
  });

  it('an identity is good for as long as its token', async () => {
    const told = 1_800_000_000_000;
    vi.useFakeTimers({ toFake: ['Date'], now: told });
    wire.socket.destroy();
    await server.close();
    await start();
    let number = 1;
    // Of 30 s, and five that clocks may differ by.
    for (const age of [0, 34_000, 35_000]) {
      vi.setSystemTime(told + age);
      wire.say(GATEWAY.ask, ++number, question(0));
      expect(await wire.next()).toEqual(answer(number, { whoAmI: '5' }));
    }
    vi.setSystemTime(told + 35_001);
    wire.say(GATEWAY.ask, ++number, question(0));
    expect(await wire.next()).toEqual(refusal(number, 401));
    wire.say(GATEWAY.identity, 0, signer.sign(ada, 'library'));
    wire.say(GATEWAY.ask, ++number, question(0));
    expect(await wire.next()).toEqual(answer(number, { whoAmI: '5' }));
  });

  it.each<[string, (wire: TestWire) => void]>([
    ['a kind of message that there is not', ({ say }) => say(77, 1)],
    ['an operation that is too long', ({ say }) => say(GATEWAY.operation, 2, 'x'.repeat(MAX_QUESTION_BYTES + 1))],
    [
      'more operations than are kept',
      ({ say }) => {
        for (let number = 0; number <= KNOWN_OPERATIONS; number++) say(GATEWAY.operation, number, '{ slow }');
      },
    ],
    ['more identities than are kept', ({ say }) => say(GATEWAY.identity, KNOWN_IDENTITIES, 'token')],
  ])('%s ends it, and what was asked on it', async (_what, wrong) => {
    wire.say(GATEWAY.ask, 1, question(1));
    await begun.opened;
    wrong(wire);
    await wire.closed;
    await stopped.opened;
  });

  it('as many operations as are kept may be told again and again', async () => {
    for (let round = 0; round < 2; round++) {
      wire.say(GATEWAY.forgetOperations, 0);
      for (let number = 0; number < KNOWN_OPERATIONS; number++) wire.say(GATEWAY.operation, number, '{ whoAmI }');
    }
    wire.say(GATEWAY.ask, 1, question(KNOWN_OPERATIONS - 1));
    expect(await wire.next()).toEqual(answer(1, { whoAmI: '5' }));
    wire.say(GATEWAY.forgetOperations, 0);
    wire.say(GATEWAY.ask, 2, question(0));
    expect(await wire.next()).toEqual(refusal(2, 400));
  });

  it('whoever leaves ends its own question', async () => {
    wire.say(GATEWAY.ask, 1, question(1));
    await begun.opened;
    wire.say(GATEWAY.ask, 2, question(1));
    wire.say(GATEWAY.leave, 1);
    wire.say(GATEWAY.leave, 3);
    await stopped.opened;
    mayGoOn.open();
    expect([await wire.next(), await wire.next()]).toEqual([refusal(1, 408), answer(2, { slow: 'at last' })]);
  });

  it('a question ends at its deadline, and with the connection', async () => {
    wire.say(GATEWAY.ask, 1, question(1, { deadlineMs: 20 }));
    await stopped.opened;
    mayGoOn.open();
    expect(await wire.next()).toEqual(refusal(1, 408));
    [mayGoOn, begun, stopped] = [gate(), gate(), gate()];
    wire.say(GATEWAY.ask, 2, question(1));
    await begun.opened;
    wire.socket.destroy();
    await stopped.opened;
  });

  it('what is asked while too much is under way is refused, also when nobody waits for that any more', async () => {
    const most = 4_096;
    for (let number = 0; number < most; number++) {
      wire.say(GATEWAY.ask, number, question(1));
      wire.say(GATEWAY.leave, number);
    }
    for (const number of [most, most + 1]) {
      wire.say(GATEWAY.ask, number, question(0));
      expect(await wire.next()).toEqual(refusal(number, 503));
    }
    mayGoOn.open();
    for (let number = 0; number < most; number++) expect(await wire.next()).toEqual(refusal(number, 408));
    wire.say(GATEWAY.ask, most, question(0));
    expect(await wire.next()).toEqual(answer(most, { whoAmI: '5' }));
  });

  it('a mutation is finished, whoever leaves', async () => {
    wire.say(GATEWAY.operation, 2, 'mutation ($to: String!) { rename(to: $to) }');
    wire.say(GATEWAY.ask, 1, question(2, { variables: { to: 'Bo' } }));
    wire.say(GATEWAY.ask, 2, question(1));
    await begun.opened;
    wire.socket.destroy();
    // The other question, which is a query, was told.
    await stopped.opened;
    mayGoOn.open();
    await expect.poll(() => renamed).toEqual(['Bo']);
  });

  it('it is said which operations may be asked for nobody in particular, and of no other', async () => {
    const entities = (part: string) =>
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ${part} } }`;
    const texts = [
      '... on Shelf { room mine }',
      '... on Shelf { room }',
      '... on Book { title }',
      '... on Shelf { noSuchField }',
      '... on Shelf { room',
      '... on Shelf { id room }',
    ].map(entities);
    for (const [at, text] of texts.entries()) wire.say(GATEWAY.operation, 2 + at, text);
    wire.say(GATEWAY.ask, 1, question(0));
    expect([await wire.next(), await wire.next(), await wire.next()]).toEqual([
      { kind: SUBGRAPH.forAll, number: 3, text: '["Shelf"]' },
      { kind: SUBGRAPH.forAll, number: 7, text: '["Shelf"]' },
      answer(1, { whoAmI: '5' }),
    ]);
  });

  it('what everybody gets of an entity is said once, and what is the viewer’s own each time', async () => {
    const representations = ['1', '2', '9'].map((id) => ({ __typename: 'Book', id }));
    const ask = (number: number, operation: number) =>
      wire.say(GATEWAY.ask, number, question(operation, { variables: { representations } }));
    const entities = (fields: string) =>
      `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Book { ${fields} } } }`;
    wire.say(GATEWAY.operation, 2, entities('id title pages year'));
    wire.say(GATEWAY.operation, 3, entities('id title pages year mine'));
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
});

describe('a wire', () => {
  it.each([
    ['without an identity', 401, {}],
    ['with another subgraph’s', 401, { [IDENTITY_HEADER]: signer.sign(ada, 'attic') }],
    ['of a protocol that there is not', 400, { upgrade: 'starling-wire/99' }],
  ])('%s is refused', async (_what, status, headers) => {
    expect(await openTestWire(server.url, headers)).toBe(status);
  });

  it('is left when the server closes, once all is answered', async () => {
    wire.say(GATEWAY.ask, 1, question(1));
    await begun.opened;
    const closed = server.close();
    expect((await wire.next()).kind).toBe(SUBGRAPH.goingAway);
    // On its way before the gateway heard of it.
    wire.say(GATEWAY.ask, 2, question(0));
    expect(await wire.next()).toEqual(answer(2, { whoAmI: '5' }));
    mayGoOn.open();
    expect(await wire.next()).toEqual(answer(1, { slow: 'at last' }));
    wire.socket.end();
    await wire.closed;
    await closed;
  });

  it('that the gateway does not leave is closed before long', async () => {
    await server.close();
    await wire.closed;
  });
});
