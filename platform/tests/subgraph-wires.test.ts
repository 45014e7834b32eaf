import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Ending } from '@starling/platform/batching';
import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner, IDENTITY_HEADER, type Identity, signedOut } from '@starling/platform/identity';
import type { RunningServer } from '@starling/platform/subgraph-server';
import { GATEWAY, KNOWN_IDENTITIES, KNOWN_OPERATIONS, MAX_QUESTION_BYTES, SUBGRAPH } from '@starling/platform/wire';
import { parse } from 'graphql';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { gate } from './support/gate.ts';
import { ada, answer, question, secret, serveOnAWire, signer } from './support/served-on-a-wire.ts';
import { openTestWire, type TestWire } from './support/test-wire.ts';

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
    },
    Mutation: {
      rename: async (_root: unknown, { to }: { to: string }) => {
        begun.open();
        await mayGoOn.opened;
        renamed.push(to);
        return to;
      },
    },
  };
  return {
    name: 'library',
    schema: buildSubgraphSchema({
      typeDefs: parse(`
        extend schema @link(url: "https://specs.apollo.dev/federation/v2.9")
        type Query { whoAmI: String! slow: String }
        type Mutation { rename(to: String!): String }
      `),
      resolvers: resolvers as never,
    }),
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

async function start(): Promise<void> {
  ({ server, wire } = await serveOnAWire(library()));
  wire.say(GATEWAY.operation, 0, '{ whoAmI }');
  wire.say(GATEWAY.operation, 1, '{ slow }');
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
