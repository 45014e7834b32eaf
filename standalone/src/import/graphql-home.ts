import type { Subgraph } from '@starling/platform/graphql';
import { execute, parse } from 'graphql';

const PAGE = parse(`
  query Home($after: String) {
    homeTimeline(first: 100, after: $after) { edges { cursor node { id } } pageInfo { hasNextPage endCursor } }
  }
`);

interface Home {
  readonly homeTimeline: {
    readonly edges: readonly { readonly node: { readonly id: string } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The viewer's home as GraphQL answers it, page after page to the true end. */
export async function readGraphqlHome(timeline: Subgraph, viewerId: string): Promise<string[]> {
  const tweetIds: string[] = [];
  let after: string | null = null;
  for (;;) {
    const viewer = { userId: viewerId, sessionId: viewerId, role: 'USER' } as const;
    const { data, errors } = await execute({
      schema: timeline.schema,
      document: PAGE,
      variableValues: { after },
      contextValue: timeline.createContext({ viewer, requestId: 'import check' }),
    });
    if (errors?.[0]) throw errors[0];
    const { edges, pageInfo } = (data as unknown as Home).homeTimeline;
    for (const { node } of edges) tweetIds.push(node.id);
    if (!pageInfo.hasNextPage) return tweetIds;
    // A page that goes on without moving would be read for ever.
    if (pageInfo.endCursor === null || pageInfo.endCursor === after)
      throw new Error('A page goes on, but not forwards.');
    after = pageInfo.endCursor;
  }
}
