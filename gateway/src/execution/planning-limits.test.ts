import { composeServices } from '@apollo/composition';
import { parse, validate } from 'graphql';
import { expect, it } from 'vitest';
import { documentLimits } from '../protection/document-limits.ts';
import { plannedOperations } from './planned-operations.ts';
import { committedSupergraph, loadSupergraph } from './supergraph.ts';

const LINK = `extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@interfaceObject", "@shareable"])`;

/** An interface of which another subgraph knows no types, both able to tell its name: two ways to each field below. */
const SUBGRAPHS = {
  accounts: `
    type Query { account: Account }
    interface Account @key(fields: "id") { id: ID! name: String owner: Account }
    type Person implements Account @key(fields: "id") { id: ID! name: String owner: Account }
    type Company implements Account @key(fields: "id") { id: ID! name: String owner: Account }
  `,
  money: `
    type Query { richest: Account }
    type Account @key(fields: "id") @interfaceObject { id: ID! balance: Int history: [Entry!] }
    type Entry { with: Account }
  `,
};

function supergraphOf(texts: Readonly<Record<string, string>>) {
  const services = Object.entries(texts).map(([name, text]) => ({ name, url: name, typeDefs: parse(LINK + text) }));
  const { supergraphSdl, errors } = composeServices(services);
  if (!supergraphSdl) throw new Error(errors?.map(({ message }) => message).join('\n'));
  return loadSupergraph(supergraphSdl);
}

function nested(levels: number): string {
  const inner = levels === 0 ? 'id name balance' : nested(levels - 1);
  return `id name balance owner { ${inner} } history { with { ${inner} } }`;
}

it('a document with too many ways to answer it is refused, as what it is, each time with the error of the first', () => {
  const supergraph = supergraphOf(SUBGRAPHS);
  const { plan } = plannedOperations(supergraph);
  const document = parse(`{ account { ${nested(4)} } richest { ${nested(4)} } }`);
  expect(validate(supergraph.schema, document, [documentLimits])).toEqual([]);
  const refusals = [1, 2].map(() => {
    try {
      return plan(document, null);
    } catch (error) {
      return error;
    }
  });
  expect(refusals[0]).toMatchObject({ extensions: { code: 'COST_LIMIT_EXCEEDED' } });
  expect(refusals[1]).toBe(refusals[0]);
});

it('one with few is planned', () => {
  const { plan } = plannedOperations(supergraphOf(SUBGRAPHS));
  expect(plan(parse(`{ account { ${nested(0)} } richest { ${nested(0)} } }`), null).compiled).toBeDefined();
});

it('in our own graph whatever the limits let pass is planned', () => {
  const supergraph = loadSupergraph(committedSupergraph());
  const { plan } = plannedOperations(supergraph);
  const card = 'id text author { id username displayName } likeCount';
  const nest = (levels: number): string =>
    levels === 0
      ? card
      : `${card} quoted { ... on Tweet { ${nest(levels - 1)} } } replyTo { ... on Tweet { ${nest(levels - 1)} } }`;
  const document = parse(`{ tweet(id: "1") { ${nest(6)} } }`);
  expect(validate(supergraph.schema, document, [documentLimits])).toEqual([]);
  expect(plan(document, null).compiled).toBeDefined();
});
