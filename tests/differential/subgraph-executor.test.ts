import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { buildSubgraphSchema } from '@apollo/subgraph';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLObjectType,
  GraphQLSchema,
  isObjectType,
  isUnionType,
  parse,
  validate,
} from 'graphql';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { compileOperation } from '../../platform/src/subgraph-server/compiled/compile-operation.ts';
import { Uncovered } from '../../platform/src/subgraph-server/compiled/uncovered.ts';
import { hash } from './chance.ts';
import { randomOperation } from './random-operation.ts';
import { LINK } from './supergraphs/link.ts';
import { SMALL_SUPERGRAPHS } from './supergraphs/small.ts';
import { type Wildness, wildResolvers } from './wild-resolvers.ts';

const root = join(import.meta.dirname, '../..');
const shared = readFileSync(join(root, 'platform/schema.graphql'), 'utf8');

/** What lists, nulls and abstract types can do to each other. */
const HARD = `${LINK}
  type Query { a: A aa: [A!]! lists: [[[Int!]]!] any: Any anys: [Any!] named: Named required: A! one(x: Int = 3, on: Boolean): String! }
  type Mutation { first(x: Int!): A second: String! third: A! }
  interface Named { name: String! other: Named }
  type A implements Named @key(fields: "id") { id: ID! name: String! other: Named must: A! list: [A!] listed: [[A!]!]! kind: Kind at(x: Int): Float! }
  type B implements Named @key(fields: "id") { id: ID! name: String! other: Named! any: Any! flag: Boolean! }
  union Any = A | B
  enum Kind { ONE TWO }
`;

const SCHEMAS: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    readdirSync(join(root, 'subgraphs')).map((name) => [
      name,
      `${shared}\n${readFileSync(join(root, 'subgraphs', name, 'schema.graphql'), 'utf8')}`,
    ]),
  ),
  ...Object.fromEntries(
    Object.entries(SMALL_SUPERGRAPHS).flatMap(([graph, subgraphs]) =>
      Object.entries(subgraphs).map(([name, text]) => [`${graph}/${name}`, LINK + text]),
    ),
  ),
  hard: HARD,
  harder: HARD,
  hardest: HARD,
};

const LIMITS = { fields: 30, depth: 6 };
/** Some operations are not valid, and some are left to graphql-js: others are made in their place. */
const COMPARED_PER_SCHEMA = 24;
const MOST_OPERATIONS = 100;

interface Case {
  /** Whether everything can come at once: references are resolved to promises by `@apollo/subgraph`. */
  readonly isImmediate: boolean;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** An operation on entities: what a random operation would select of one, for references of several types. */
function entityCase(schema: GraphQLSchema, entities: readonly GraphQLObjectType[], seed: number): Case | undefined {
  const type = entities[hash(seed, 'entity') % entities.length];
  if (!type) return undefined;
  const { query, variables } = randomOperation(
    new GraphQLSchema({ query: type, types: Object.values(schema.getTypeMap()) }),
    seed,
    LIMITS,
  );
  const [head = '', ...others] = query.split('\n');
  const fragments = others.filter((each) => each.startsWith('fragment'));
  const [, definitions = '', body = ''] = /^query \w*(?:\((.*?)\))? *(\{.*)$/s.exec(head) ?? [];
  const text = `query ($representations: [_Any!]! ${definitions}) { _entities(representations: $representations) { __typename ... on ${type.name} ${body} } }`;
  const representations = Array.from({ length: hash(seed) % 4 }, (_, at) => ({
    __typename: entities[hash(seed, at) % entities.length]?.name,
    id: String(at),
  }));
  return {
    isImmediate: false,
    document: parse([text, ...fragments].join('\n')),
    variables: { ...variables, representations },
  };
}

/** A null in the place of an error, or above it. */
function nulledAt(data: unknown, path: readonly (string | number)[]): string {
  let value = data;
  for (const [at, part] of path.entries()) {
    if (value === null || value === undefined) return path.slice(0, at).join('.');
    value = (value as Record<string | number, unknown>)[part];
  }
  return path.join('.');
}

/** Which of several errors about what has become null in one place is told depends on which came first. */
function seen({ data, errors = [] }: ExecutionResult, inOrder: boolean): string {
  const told = errors.map(({ path = [], message, originalError }) =>
    inOrder
      ? [path.join('.'), originalError?.message.startsWith('Failed at') ? message : ''].join(': ')
      : nulledAt(data, path),
  );
  return JSON.stringify({ data, errors: inOrder ? told : [...new Set(told)].sort() });
}

/** Promises whose failure nobody heard of. graphql-js leaves some behind when an item of a list fails before another. */
let unheard: unknown[] = [];
const listeners = process.listeners('unhandledRejection');
beforeAll(() => {
  process.removeAllListeners('unhandledRejection');
  process.on('unhandledRejection', (reason) => unheard.push(reason));
});
afterAll(() => {
  process.removeAllListeners('unhandledRejection');
  for (const listener of listeners) process.on('unhandledRejection', listener);
});

async function unheardIn<Result>(work: () => Promise<Result>): Promise<[Result, unknown[]]> {
  unheard = [];
  const result = await work();
  await new Promise((resolve) => setImmediate(resolve));
  return [result, unheard];
}

async function compare(schema: GraphQLSchema, given: Case, wildness: Wildness): Promise<boolean> {
  const { isImmediate, document, operationName, variables } = given;
  if (validate(schema, document).length > 0) return false;
  wildResolvers(schema, wildness);
  const args = { contextValue: {}, variableValues: variables };
  const [stock] = await unheardIn(async () => execute({ schema, document, operationName, ...args }));
  try {
    const compiled = compileOperation(schema, document, operationName);
    const [ours, lost] = await unheardIn(async () => compiled.execute(args));
    const inOrder = isImmediate && !wildness.later;
    expect(seen(ours, inOrder)).toBe(seen(stock, inOrder));
    expect(lost).toEqual([]);
    return true;
  } catch (error) {
    if (error instanceof Uncovered) return false;
    throw error;
  }
}

it.each(Object.entries(SCHEMAS))('a compiled operation answers as graphql-js does: %s', async (name, typeDefs) => {
  const schema = buildSubgraphSchema({ typeDefs: parse(typeDefs) });
  const union = schema.getType('_Entity');
  const entities = isUnionType(union) ? union.getTypes().filter(isObjectType) : [];
  let compared = 0;
  for (let number = 0; number < MOST_OPERATIONS && compared < COMPARED_PER_SCHEMA; number++) {
    const seed = hash(name, number);
    const { query, variables, operationName } = randomOperation(schema, seed, LIMITS);
    const cases = [
      { isImmediate: true, document: parse(query), operationName, variables },
      entityCase(schema, entities, seed),
    ];
    for (const each of cases) {
      if (!each) continue;
      for (const [later, wrong] of [
        [false, false],
        [false, true],
        [true, false],
        [true, true],
      ] as const) {
        compared += Number(await compare(schema, each, { seed, later, wrong }));
      }
    }
  }
  expect(compared).toBeGreaterThanOrEqual(COMPARED_PER_SCHEMA);
});
