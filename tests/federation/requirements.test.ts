import { composeServices } from '@apollo/composition';
import { createExecutor, loadSupergraph, type SubgraphSource } from '@starling/gateway';
import { parse } from 'graphql';
import pino from 'pino';
import { expect, it } from 'vitest';

const LINK = '@link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@external", "@requires"])';

const POSTS = `extend schema ${LINK}
  type Query { posts: [Post!] }
  type Post @key(fields: "id") { id: ID! comments(first: Int): [String!] }
`;
const RANKS = `extend schema ${LINK}
  type Post @key(fields: "id") {
    id: ID!
    comments(first: Int): [String!] @external
    rank: String @requires(fields: "comments(first: 2)")
  }
`;

interface Representation {
  readonly id: string;
  readonly comments: readonly string[];
}

/** Answers `comments` and `id` by whatever names a fetch gives them. */
function posts(query: string): Record<string, unknown> {
  const selected = [...query.matchAll(/(?:(\w+): ?)?\bcomments\b(?:\(first: ?(\d+)\))?/g)];
  const comments = selected.map(([, alias = 'comments', first]) => [
    alias,
    Array.from({ length: Number(first ?? 4) }, (_, at) => `c${at}`),
  ]);
  const ids = [...query.matchAll(/(\w+): ?id/g)].map(([, alias = 'id']) => [alias, '1']);
  return { posts: [{ __typename: 'Post', id: '1', ...Object.fromEntries([...comments, ...ids]) }] };
}

it('a required field with arguments is one thing, and the client’s own with others is another', async () => {
  const { supergraphSdl } = composeServices([
    { name: 'posts', url: 'http://posts', typeDefs: parse(POSTS) },
    { name: 'ranks', url: 'http://ranks', typeDefs: parse(RANKS) },
  ]);
  const source = (name: string, execute: SubgraphSource['execute']): SubgraphSource => ({
    name,
    execute,
    subscribe: () => Promise.reject(new Error('no subscriptions here')),
    close: async () => {},
  });
  const executor = createExecutor({
    supergraph: loadSupergraph(supergraphSdl ?? ''),
    sources: [
      source('posts', async ({ query }) => ({ data: posts(query) })),
      source('ranks', async ({ variables }) => {
        const representations = variables?.representations as readonly Representation[];
        return { data: { _entities: representations.map(({ comments }) => ({ rank: comments.join() })) } };
      }),
    ],
    logger: pino({ level: 'silent' }),
  });
  const ask = async (selection: string) =>
    (await executor.execute({ document: parse(`{ posts { ${selection} } }`) }, { viewer: null, requestId: 'x' })).data;

  expect(await ask('rank comments(first: 1)')).toEqual({ posts: [{ rank: 'c0,c1', comments: ['c0'] }] });
  expect(await ask('rank comments: id')).toEqual({ posts: [{ rank: 'c0,c1', comments: '1' }] });
});
