import { ApolloGateway } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import fastifyApollo, { fastifyApolloDrainPlugin } from '@as-integrations/fastify';
import type { Subgraph } from '@starling/platform/graphql';
import { signedOut } from '@starling/platform/identity';
import { createSubgraphRunner } from '@starling/platform/subgraph-server';
import fastify from 'fastify';
import { silent } from './fixture.ts';

/** Apollo's gateway as its documentation sets it up, over the same subgraphs: what ours is compared with. */
export async function startStockGateway(supergraphSdl: string, subgraphs: readonly Subgraph[]) {
  const runners = new Map(subgraphs.map((subgraph) => [subgraph.name, createSubgraphRunner(subgraph, silent)]));
  const app = fastify();
  const server = new ApolloServer({
    gateway: new ApolloGateway({
      supergraphSdl,
      logger: silent,
      buildService: ({ name }) => ({
        process: async ({ request: { query = '', variables } }) =>
          (await runners.get(name)?.execute({ query, variables: variables ?? null }, signedOut('stock'))) ?? {},
      }),
    }),
    logger: silent,
    stopOnTerminationSignals: false,
    includeStacktraceInErrorResponses: false,
    plugins: [ApolloServerPluginLandingPageDisabled(), fastifyApolloDrainPlugin(app)],
  });
  await server.start();
  await app.register(fastifyApollo(server));
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  return { url, close: () => server.stop().then(() => app.close()) };
}
