import { type DocumentNode, getOperationAST, Kind, parse, validate } from 'graphql';
import { describe, expect, it } from 'vitest';
import { committedOperations, loadTrustedDocuments } from '../documents/trusted-documents.ts';
import { committedSupergraph, loadSupergraph } from '../execution/supergraph.ts';
import { answerSizes, MAX_OBJECTS } from './answer-size.ts';

const { schema } = loadSupergraph(committedSupergraph());

/** Whether the answer may hold `most` objects and no fewer. */
function holds(document: DocumentNode, most: number, variables: Record<string, unknown> = {}): boolean {
  const operation = getOperationAST(document);
  if (!operation) throw new Error('There is no operation.');
  const refusal = (limit: number) => answerSizes(schema, limit)(document, operation, variables);
  return refusal(most) === undefined && refusal(most - 1)?.extensions.code === 'COST_LIMIT_EXCEEDED';
}

function valid(text: string): DocumentNode {
  const document = parse(text);
  expect(validate(schema, document)).toEqual([]);
  return document;
}

const QUERIES: [string, number, Record<string, unknown>?][] = [
  ['{ __typename }', 0],
  ['{ user(id: "1") { id username } }', 1],
  ['{ a: user(id: "1") { id } b: user(id: "1") { id } }', 2],
  // The account, its page, and who is on it.
  ['{ user(id: "1") { followers { nodes { id } } } }', 1 + 1 + 20],
  ['{ user(id: "1") { followers(first: 3) { edges { node { id } } pageInfo { endCursor } } } }', 1 + 1 + 3 * 3],
  ['{ homeTimeline(last: 7) { nodes { id } } }', 1 + 7],
  ['{ homeTimeline(first: null, last: 7) { nodes { id } } }', 1 + 7],
  ['query ($n: Int) { homeTimeline(first: $n) { nodes { id } } }', 1 + 9, { n: 9 }],
  ['query ($n: Int) { homeTimeline(first: $n) { nodes { id } } }', 1 + 20, { n: null }],
  ['query ($n: Int) { homeTimeline(first: $n) { nodes { id } } }', 1 + 20],
  ['query ($n: Int = 50) { homeTimeline(first: $n) { nodes { id } } }', 1 + 50],
  ['query ($n: Int = 50, $m: Int) { homeTimeline(first: $n, last: $m) { nodes { id } } }', 1 + 4, { n: null, m: 4 }],
  // Nobody gets these: they cost what is refused elsewhere.
  ['query ($n: Int) { homeTimeline(first: $n) { nodes { id } } }', 1 + 100, { n: 1_000_000_000 }],
  ['query ($n: Int) { homeTimeline(first: $n) { nodes { id } } }', 1 + 1, { n: -5 }],
  ['{ nodes(ids: ["1", "2", "3"]) { id } }', 3],
  [
    'query ($ids: [ID!]!) { nodes(ids: $ids) { ... on User { followers(first: 2) { nodes { id } } } } }',
    4 * 4,
    { ids: ['1', '2', '3', '4'] },
  ],
  ['{ tweet(id: "1") { entities { urls { url } } } }', 1 + 1 + 5],
  ['{ conversation(tweetId: "1", first: 7) { replies { nodes { id } } focus { id } } }', 1 + (1 + 7) + 1],
  ['{ conversation(tweetId: "1") { ancestors { __typename } } }', 1 + 20],
  [
    '{ user(id: "1") { ...F } } fragment F on User { followers(first: 2) { ...P } } fragment P on UserConnection { nodes { id } }',
    1 + 1 + 2,
  ],
  [
    '{ user(id: "1") { followers(first: 4) { nodes { following(first: 5) { nodes { id } } } } } }',
    1 + 1 + 4 * (1 + 1 + 5),
  ],
];

describe('the objects of an answer', () => {
  it.each(QUERIES)('of %s are %i', (text, most, variables) => {
    expect(holds(valid(text), most, variables)).toBe(true);
  });

  it('are too many when pages stand in pages in pages', () => {
    const sizes = answerSizes(schema, MAX_OBJECTS);
    const refusal = (text: string) => {
      const document = valid(text);
      const operation = getOperationAST(document);
      return operation && sizes(document, operation, {});
    };
    const within = (pages: number): string =>
      pages === 0 ? 'id' : `followers(first: 100) { nodes { ${within(pages - 1)} } }`;
    expect(refusal(`{ user(id: "1") { ${within(2)} } }`)).toBeUndefined();
    expect(refusal(`{ user(id: "1") { ${within(3)} } }`)?.extensions).toEqual({ code: 'COST_LIMIT_EXCEEDED' });
  });

  it('are a fifth of what is allowed at most, where our own apps ask for the longest pages', () => {
    const sizes = answerSizes(schema, MAX_OBJECTS / 5);
    const { documents } = loadTrustedDocuments(schema, committedOperations());
    expect(documents.length).toBeGreaterThan(40);
    for (const document of documents) {
      const operation = getOperationAST(document);
      if (!operation) throw new Error('There is no operation.');
      const variables = (operation.variableDefinitions ?? []).map(({ variable, type }) => {
        const isList = (type.kind === Kind.NON_NULL_TYPE ? type.type : type).kind === Kind.LIST_TYPE;
        return [variable.name.value, isList ? Array(100).fill('1') : 100];
      });
      expect([operation.name?.value, sizes(document, operation, Object.fromEntries(variables))]).toEqual([
        operation.name?.value,
        undefined,
      ]);
    }
  });
});
