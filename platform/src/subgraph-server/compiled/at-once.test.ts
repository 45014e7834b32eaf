import { buildSubgraphSchema } from '@apollo/subgraph';
import fc from 'fast-check';
import { type DocumentNode, type ExecutionResult, execute, parse } from 'graphql';
import { expect, test } from 'vitest';
import { SharedAnswer } from '../shared-answer.ts';
import { compileOperation } from './compile-operation.ts';
import { sharingOf } from './shared-selection.ts';

interface Note {
  readonly id: string;
  readonly text: string;
}

/** What becomes of a note, or of its count, when it is asked for. */
const STATES = [
  'there',
  'liked',
  'changed',
  'count late',
  'count throws',
  'count rejects',
  'gone',
  'late',
  'rejects',
] as const;
type State = (typeof STATES)[number];

const IDS = ['1', '2', '3', '4'];

/** The rows and counts of a process, and what becomes of them now. */
class World {
  readonly rows = new Map(IDS.map((id) => [id, { id, text: `note ${id}` }]));
  readonly counts = new Map(IDS.map((id) => [id, { likes: 0 }]));
  #states: readonly State[] = [];

  next(states: readonly State[]): void {
    this.#states = states;
    for (const [at, id] of IDS.entries()) {
      if (states[at] === 'liked') this.counts.set(id, { likes: (this.counts.get(id)?.likes ?? 0) + 1 });
      if (states[at] === 'changed') this.rows.set(id, { id, text: `${this.rows.get(id)?.text}, again` });
    }
  }
  note(id: string): unknown {
    const row = this.rows.get(id);
    const state = this.#stateOf(id);
    if (state === 'gone') return null;
    if (state === 'rejects') return Promise.reject(new Error(`No note ${id}.`));
    return state === 'late' ? Promise.resolve(row) : row;
  }
  count(id: string): { likes: number } | undefined | Promise<{ likes: number } | undefined> {
    const count = this.counts.get(id);
    const state = this.#stateOf(id);
    if (state === 'count throws') throw new Error(`No count of ${id}.`);
    if (state === 'count rejects') return Promise.reject(new Error(`No count of ${id}.`));
    return state === 'count late' ? Promise.resolve(count) : count;
  }
  #stateOf(id: string): State | undefined {
    return this.#states[IDS.indexOf(id)];
  }
}

function likesOf({ id }: Note, _args: unknown, world: World) {
  const count = world.count(id);
  return count instanceof Promise ? count.then((known) => known?.likes) : count?.likes;
}

const schema = buildSubgraphSchema({
  typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])
    type Query { notes: [Note] }
    type Note @key(fields: "id") { id: ID! text: String! length: Int! likes: Int! liked: Int }
  `),
  resolvers: {
    Query: { notes: (_root: unknown, _args: unknown, world: World) => IDS.map((id) => world.note(id)) },
    Note: {
      __resolveReference: ({ id }: Note, world: World) => world.note(id),
      length: ({ text }: Note) => text.length,
      likes: likesOf,
      liked: likesOf,
    },
  } as never,
});

const SHARED = {
  Note: {
    ofRow: ['length'],
    ofFact: { fields: ['likes', 'liked'], read: ({ id }: Note, world: World) => world.count(id) },
  },
};

const FIELDS = ['id text length likes', 'id text length liked', 'id text length'];
const DOCUMENTS = FIELDS.flatMap((fields) => [
  parse(`{ notes { ${fields} } }`),
  parse(
    `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Note { ${fields} } } }`,
  ),
]);
const variableValues = { representations: IDS.map((id) => ({ __typename: 'Note', id })) };

/** Our executor, which keeps what it has answered, and graphql-js, which does not. */
function executors() {
  const sharing = sharingOf(SHARED);
  const compiled = DOCUMENTS.map((document) => compileOperation(schema, document, undefined, sharing));
  return {
    ours: async (at: number, world: World) => compiled[at]?.execute({ contextValue: world, variableValues }),
    stock: async (at: number, world: World) =>
      execute({ schema, document: DOCUMENTS[at] as DocumentNode, contextValue: world, variableValues }),
  };
}

const shown = ({ data, errors = [] }: ExecutionResult) =>
  JSON.stringify({ data, errors: errors.map(({ path, message }) => `${path?.join('.')}: ${message}`).sort() });

test('what is kept of things is answered as if nothing were, whatever becomes of them and of others beside them', async () => {
  const states = fc.tuple(
    ...IDS.map(() => fc.oneof({ weight: 9, arbitrary: fc.constant('there' as const) }, fc.constantFrom(...STATES))),
  );
  const ask = fc.record({ at: fc.nat(DOCUMENTS.length - 1), states, times: fc.integer({ min: 1, max: 3 }) });
  const property = fc.asyncProperty(fc.array(ask, { minLength: 4, maxLength: 16 }), async (asks) => {
    const world = new World();
    const { ours, stock } = executors();
    for (const { at, states, times } of asks) {
      world.next(states);
      for (let time = 0; time < times; time++) {
        expect(shown((await ours(at, world)) as ExecutionResult)).toBe(shown(await stock(at, world)));
      }
    }
  });
  await fc.assert(property, { numRuns: 100 });
});

test.each([0, 1])(
  'of what is kept, what cannot be read is told at its place, and the rest stays what it is (%i)',
  async (at) => {
    const world = new World();
    const { ours, stock } = executors();
    const ask = async (...states: State[]) => {
      world.next(states);
      const answer = (await ours(at, world)) as ExecutionResult;
      expect(shown(answer)).toBe(shown(await stock(at, world)));
      return Object.values(answer.data ?? {})[0] as unknown[];
    };
    for (let time = 0; time < 3; time++) await ask();
    const kept = await ask();
    for (const note of kept) expect(note).toBeInstanceOf(SharedAnswer);
    const [first, second, third, fourth] = await ask('there', 'count throws', 'there', 'rejects');
    expect([first, third]).toEqual([kept[0], kept[2]]);
    expect([first === kept[0], third === kept[2], second, fourth]).toEqual([true, true, null, null]);
    expect(await ask()).toEqual(kept);
  },
);
