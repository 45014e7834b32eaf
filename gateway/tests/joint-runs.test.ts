import { composeServices } from '@apollo/composition';
import { buildSubgraphSchema } from '@apollo/subgraph';
import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner, type Identity } from '@starling/platform/identity';
import { SUBGRAPH } from '@starling/platform/wire';
import fc from 'fast-check';
import { type ExecutionResult, parse } from 'graphql';
import pino from 'pino';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createExecutor, type Executor } from '../src/execution/executor.ts';
import { remoteSource } from '../src/execution/remote-source.ts';
import { inProcessSource, type SubgraphSource } from '../src/execution/subgraph-source.ts';
import { loadSupergraph } from '../src/execution/supergraph.ts';
import { secret, silent } from './fixture.ts';
import { type Asked, type StandIn, standIn } from './stand-in-on-wires.ts';

const LONG_MS = 600_000;
/** Where somebody's time is to run out. */
const SHORT_MS = 3_000;

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])`;
const NOTES = `${LINK}
  type Query { notesBy(ids: [ID!]!): [Note!] }
  type Note { text: String author: Person }
  type Person @key(fields: "id") { id: ID! }
`;
const PEOPLE = `${LINK}
  type Query { hello: String }
  type Person @key(fields: "id") { id: ID! name: String friends: [Person!] }
`;
const composed = composeServices([
  { name: 'people', url: 'http://people', typeDefs: parse(PEOPLE) },
  { name: 'notes', url: 'http://notes', typeDefs: parse(NOTES) },
]);
const supergraph = loadSupergraph(composed.supergraphSdl ?? '');
const document = parse('query ($ids: [ID!]!) { notesBy(ids: $ids) { text author { name friends { name } } } }');

const notes: Subgraph = {
  name: 'notes',
  schema: buildSubgraphSchema({
    typeDefs: parse(NOTES),
    resolvers: {
      Query: {
        notesBy: (_root: unknown, { ids }: { ids: string[] }) =>
          ids.map((id) => ({ text: `note of ${id}`, author: { id } })),
      },
    } as never,
  }),
  createContext: () => ({}),
  start: async () => {},
  stop: async () => {},
};

let people: StandIn;
let source: SubgraphSource;
let executor: Executor;
let joint: number;
let logged: Record<string, unknown>[];

const executorOf = (requestDeadlineMs: number) =>
  createExecutor({
    supergraph,
    sources: [source, inProcessSource(notes, silent)],
    logger: silent,
    requestDeadlineMs,
  });

const viewer = (userId: string): Identity => ({
  viewer: { userId, sessionId: `s${userId}`, role: 'USER' },
  requestId: `r${userId}`,
});

/** What a client gets who asks for notes of these people; the first of them is who asks. */
async function run(ids: readonly string[], by = executor): Promise<ExecutionResult> {
  const answer = await by.execute({ document, variables: { ids } }, viewer(ids[0] as string));
  return JSON.parse(JSON.stringify(answer));
}

const idsOf = ({ variables }: Asked) => (variables?.representations ?? []).map(({ id }) => id);
const named = (id: string) => ({ name: `name ${id}`, friends: [{ name: `friend of ${id}` }] });
const wellAnswered = (asked: Asked) => {
  asked.say(SUBGRAPH.forAll, '["Person"]', asked.operation);
  asked.say(SUBGRAPH.answer, JSON.stringify({ data: { _entities: idsOf(asked).map(named) } }));
};
const notesOf = (...authors: [string, object | null][]) =>
  authors.map(([id, author]) => ({ text: `note of ${id}`, author: author ?? { name: null, friends: null } }));

/** On a wire, and in company. */
async function wellAgain(): Promise<void> {
  people.answer = wellAnswered;
  const before = joint;
  await expect.poll(async () => [await Promise.all([run(['1']), run(['2'])]), joint > before][1]).toBe(true);
}

beforeEach(async () => {
  people = await standIn();
  joint = 0;
  logged = [];
  source = remoteSource({
    name: 'people',
    url: people.url,
    signer: createIdentitySigner({ secret }),
    deadlineMs: LONG_MS,
    logger: pino({ level: 'warn' }, { write: (line: string) => void logged.push(JSON.parse(line)) }),
    onJointQuestion: () => void joint++,
  });
  executor = executorOf(LONG_MS);
  await wellAgain();
  logged.length = 0;
});
afterEach(async () => {
  await source.close();
  await people.close();
});

describe('each gets in company what it gets alone', () => {
  /** What a subgraph answers, whoever is asked for. */
  interface World {
    readonly entities: Readonly<Record<string, unknown>>;
    readonly errors: readonly ToldError[];
    readonly form: 'whole' | 'short' | 'long' | 'no list' | 'null' | 'empty' | 'null data' | 'no data';
    /** Whether what everybody gets is told by number, where it can be. */
    readonly byNumber: boolean;
  }
  type ToldError =
    | { readonly about: string; readonly within: readonly unknown[] }
    | { readonly path: unknown }
    | { readonly given: unknown };

  const id = fc.constantFrom('1', '2', '3', '4', '5');
  const entity = fc.oneof(
    {
      weight: 4,
      arbitrary: fc.record({ name: fc.string(), friends: fc.constantFrom([{ name: 'a' }, null], [], null) }),
    },
    fc.constantFrom(null, { name: null, friends: null }, {}, 7, 'text', [], { name: { deep: [1] }, friends: 3 }),
  );
  const error = fc.oneof(
    fc.record({ about: id, within: fc.constantFrom([], ['name'], ['friends', 0, 'name'], ['elsewhere']) }),
    fc.record({
      path: fc.constantFrom<unknown>(
        undefined,
        [],
        ['_entities'],
        ['_entities', 'name'],
        ['_entities', 99],
        ['_entities', -1, 'name'],
        ['_entities', 0.5],
        [null],
        'path',
        {},
      ),
    }),
    fc.record({ given: fc.constantFrom(7, null, {}, 'error') }),
  );
  const world: fc.Arbitrary<World> = fc.record({
    entities: fc.record({ 1: entity, 2: entity, 3: entity, 4: entity, 5: entity }),
    errors: fc.oneof(
      { weight: 4, arbitrary: fc.constant([]) },
      { weight: 6, arbitrary: fc.array(error, { maxLength: 4 }) },
    ),
    form: fc.oneof(
      { weight: 8, arbitrary: fc.constant<World['form']>('whole') },
      fc.constantFrom<World['form']>('short', 'long', 'no list', 'null', 'empty', 'null data', 'no data'),
    ),
    byNumber: fc.boolean(),
  });

  const dataOf = (form: World['form'], entities: readonly unknown[]) =>
    ({
      whole: { _entities: entities },
      short: { _entities: entities.slice(1) },
      long: { _entities: [...entities, null] },
      'no list': { _entities: { ...entities } },
      null: { _entities: null },
      empty: {},
      'null data': null,
      'no data': undefined,
    })[form];

  const canBeShared = (given: unknown) => typeof given === 'object' && !Array.isArray(given);

  function answeredIn({ entities, errors, form, byNumber }: World) {
    return (asked: Asked) => {
      const ids = idsOf(asked);
      const given = ids.map((each) => entities[each]);
      if (byNumber && form === 'whole' && errors.length === 0 && given.every(canBeShared)) {
        const parts = given.map((each, at) => {
          if (each === null) return 'null';
          const { name, ...others } = each as Record<string, unknown>;
          asked.say(SUBGRAPH.shared, JSON.stringify(ids[at] === '1' ? { name } : each), at);
          return ids[at] === '1' ? `[${at},${JSON.stringify(others)}]` : `${at}`;
        });
        asked.say(SUBGRAPH.entities, `[${parts}]`);
        return;
      }
      const told = errors.flatMap((each, at) => {
        if ('given' in each) return [each.given];
        const message = `error ${at}`;
        if ('path' in each) return [{ message, path: each.path }];
        const place = ids.indexOf(each.about);
        const extensions = { code: `CODE_${at}` };
        return place < 0 ? [] : [{ message, path: ['_entities', place, ...each.within], extensions }];
      });
      const body = { data: dataOf(form, given), ...(told.length > 0 && { errors: told }) };
      asked.say(SUBGRAPH.answer, JSON.stringify(body));
    };
  }

  it('whatever a subgraph answers of things, with whatever errors', async () => {
    const readers = fc.array(fc.array(id, { minLength: 1, maxLength: 4 }), { minLength: 2, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(readers, world, async (asking, given) => {
        people.answer = answeredIn(given);
        const alone: ExecutionResult[] = [];
        for (const ids of asking) alone.push(await run(ids));
        const before = joint;
        expect(await Promise.all(asking.map((ids) => run(ids)))).toEqual(alone);
        expect(joint).toBe(before + 1);
      }),
      { numRuns: 200 },
    );
    expect(people.sockets).toHaveLength(1);
  });

  it.each<[string, (asked: Asked) => void]>([
    [
      'half, and then closes the socket',
      ({ socket }) => void socket.end(Buffer.from([0, 0, 1, 0, SUBGRAPH.answer, 0, 0, 0, 1, 123])),
    ],
    ['by closing the socket', ({ socket }) => void socket.destroy()],
    ['with HTML', ({ say }) => say(SUBGRAPH.answer, '<html><h1>Bad gateway</h1></html>')],
    ['with 10 MB', ({ say }) => say(SUBGRAPH.answer, JSON.stringify('x'.repeat(10_000_000)))],
    ['with a list', ({ say }) => say(SUBGRAPH.answer, '[]')],
    ['with another kind of message', ({ say }) => say(99, '{}')],
    ['with a number that it has not told', ({ say }) => say(SUBGRAPH.entities, '[7,7]')],
    ['with a shared object that is none', ({ say }) => say(SUBGRAPH.shared, '[]', 7)],
    ['that it has no time', ({ say }) => say(SUBGRAPH.refusal, '503')],
  ])('a subgraph that answers %s', async (_what, given) => {
    const lost = (ids: readonly string[]) => ({
      data: { notesBy: notesOf(...ids.map((each): [string, null] => [each, null])) },
      errors: [expect.objectContaining({ extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: 'people' } })],
    });
    const asking = [['1', '2'], ['2'], ['3', '1']];
    for (const ids of asking) {
      people.answer = given;
      expect(await run(ids)).toEqual(lost(ids));
      await wellAgain();
    }
    const before = joint;
    people.answer = given;
    expect(await Promise.all(asking.map((ids) => run(ids)))).toEqual(asking.map(lost));
    expect(joint).toBe(before + 1);
    await wellAgain();
  });
});

describe('of several who ask together', () => {
  let asked: Asked[];
  beforeEach(() => {
    asked = [];
    people.answer = (question) => void asked.push(question);
  });

  it('each has its own time, and the question that of who has most', async () => {
    const hurried = executorOf(SHORT_MS);
    hurried.plan(document, undefined);
    const [short, long] = [run(['1', '2'], hurried), run(['2', '3'])];
    const { data, errors } = await short;
    expect(data).toEqual({ notesBy: notesOf(['1', null], ['2', null]) });
    expect(errors).toMatchObject([{ extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }]);
    await expect.poll(() => asked.map(idsOf)).toEqual([['1', '2', '3']]);
    const [question] = asked as [Asked];
    expect(question.deadlineMs).toBeGreaterThan(SHORT_MS);
    expect(people.left).toEqual([]);
    wellAnswered(question);
    expect(await long).toEqual({ data: { notesBy: notesOf(['2', named('2')], ['3', named('3')]) } });
  });

  it('those with errors are told in the log whose request the subgraph was asked for', async () => {
    people.answer = (question) => {
      const errors = [{ message: 'Something went wrong on our side.', path: ['_entities', 1] }];
      question.say(SUBGRAPH.answer, JSON.stringify({ data: { _entities: [named('1'), null, named('3')] }, errors }));
    };
    await Promise.all([run(['1', '2']), run(['2', '3']), run(['3'])]);
    expect(logged).toEqual([expect.objectContaining({ subgraph: 'people', requestId: 'r2', askedAs: 'r1' })]);
    await run(['4', '5']);
    expect(logged).toHaveLength(1);
  });
});
