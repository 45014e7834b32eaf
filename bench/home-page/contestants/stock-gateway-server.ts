import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import type { Identity } from '@starling/platform/identity';
import { announce } from '@starling/platform/lifecycle';
import { addresses, identify, identityHeaders } from './identify.ts';

/*
 * Apollo's gateway as its documentation sets it up: the supergraph from a file, one RemoteGraphQLDataSource per subgraph,
 * a context that verifies the token.
 */
interface Context {
  readonly identity?: Identity;
}

class SubgraphSource extends RemoteGraphQLDataSource<Context> {
  constructor(
    private readonly name: string,
    url: string,
  ) {
    super({ url });
  }

  override willSendRequest({
    request,
    context,
  }: {
    request: { http?: { headers: { set(name: string, value: string): void } } };
    context: Context;
  }) {
    const headers = identityHeaders(context.identity, this.name);
    for (const [name, value] of Object.entries(headers)) request.http?.headers.set(name, value);
  }
}

const gateway = new ApolloGateway({
  supergraphSdl: readFileSync(createRequire(import.meta.url).resolve('@starling/schema/supergraph.graphql'), 'utf8'),
  buildService: ({ name }) => new SubgraphSource(name, `${addresses[name]}/graphql`),
});
const server = new ApolloServer<Context>({ gateway });
const { url } = await startStandaloneServer(server, {
  listen: { host: '127.0.0.1', port: 0 },
  context: async ({ req }) => ({ identity: await identify(req.headers.authorization) }),
});
announce(url.replace(/\/$/, ''));

process.on('SIGTERM', () => process.exit(0));
