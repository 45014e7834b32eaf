import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { operationFromDocument, Supergraph } from '@apollo/federation-internals';
import { prettyFormatQueryPlan, QueryPlanner } from '@apollo/query-planner';
import { isObjectType, parse } from 'graphql';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(join(import.meta.dirname, path), 'utf8');
const shared = read('../../../platform/schema.graphql');
/** The least that the owner of tweets has to say. */
const tweets = `type Query { tweet(id: ID!): Tweet }
  type Tweet implements Node @key(fields: "id") @key(fields: "nodeId") {
    id: ID!
    nodeId: ID! @inaccessible
    text: String!
  }`;

/** And the owner of muted keywords. */
const keywords = `type Query { keyword: MutedKeyword }
  type MutedKeyword implements Node @key(fields: "id") @key(fields: "nodeId") {
    id: ID!
    nodeId: ID! @inaccessible
    phrase: String!
  }`;

/** And the owner of lists. */
const lists = `type Query { list: List }
  type List implements Node @key(fields: "id") @key(fields: "nodeId") {
    id: ID!
    nodeId: ID! @inaccessible
    name: String!
  }`;

/** And the owner of notifications. */
const notifications = `type Query { notification: Notification }
  type Notification implements Node @key(fields: "id") @key(fields: "nodeId") {
    id: ID!
    nodeId: ID! @inaccessible
    kind: String!
  }`;

const { errors, supergraphSdl = '' } = composeServices(
  Object.entries({ users: read('../schema.graphql'), tweets, keywords, lists, notifications }).map(([name, sdl]) => ({
    name,
    url: `http://${name}/`,
    typeDefs: parse(`${shared}\n${sdl}`),
  })),
);

test('the schema composes with the owners of what it refers to', () => {
  expect(errors).toBeUndefined();
});

test.each([
  ['tweets', 'Tweet'],
  ['keywords', 'MutedKeyword'],
  ['lists', 'List'],
  ['notifications', 'Notification'],
])('the id alone of what was asked for as a node comes from its owner: %s', (owner, type) => {
  const supergraph = Supergraph.build(supergraphSdl);
  const operation = operationFromDocument(supergraph.schema, parse('{ nodes(ids: ["1"]) { id } }'));
  const plan = prettyFormatQueryPlan(new QueryPlanner(supergraph).buildQueryPlan(operation));
  const [, fetched] = plan.split(`Fetch(service: "${owner}")`);
  expect(fetched?.replace(/\s+/g, ' ')).toContain(`nodeId } } => { ... on ${type} { id } }`);
});

test('clients cannot select the key that the reference is made of', () => {
  const tweet = Supergraph.build(supergraphSdl).apiSchema().toGraphQLJSSchema().getType('Tweet');
  if (!isObjectType(tweet)) throw new Error('There is no type Tweet.');
  expect(Object.keys(tweet.getFields()).sort()).toEqual(['id', 'text']);
});
