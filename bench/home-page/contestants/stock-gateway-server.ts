import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';
import { createIdentitySigner, IDENTITY_HEADER, type Identity, signedOut } from '@starling/platform/identity';
import { announce } from '@starling/platform/lifecycle';
import { createRemoteJWKSet, jwtVerify } from 'jose';

/*
 * Apollo's gateway as its documentation sets it up: the supergraph from a file, one RemoteGraphQLDataSource per subgraph,
 * a context that verifies the token. `SUBGRAPHS` is JSON, name to address; `JWKS_URL` and `IDENTITY_SECRET` as for ours.
 */
const { SUBGRAPHS = '{}', JWKS_URL = '', IDENTITY_SECRET = '' } = process.env;
const addresses: Record<string, string> = JSON.parse(SUBGRAPHS);
const signer = createIdentitySigner({ secret: IDENTITY_SECRET });
const keys = createRemoteJWKSet(new URL(JWKS_URL));

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
    const identity = context.identity ?? signedOut('stock-gateway');
    request.http?.headers.set(IDENTITY_HEADER, signer.sign(identity, this.name));
  }
}

async function identify(authorization: string | undefined): Promise<Identity> {
  const token = authorization?.replace(/^Bearer /, '');
  if (!token) return signedOut('stock-gateway');
  const { payload } = await jwtVerify(token, keys, { issuer: 'starling', audience: 'starling' });
  const { sub = '', sid, role } = payload as { sub?: string; sid: string; role: 'USER' };
  return { requestId: 'stock-gateway', viewer: { userId: sub, sessionId: sid, role } };
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
