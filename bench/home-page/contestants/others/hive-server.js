import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime';
import { announce } from '@starling/platform/lifecycle';
import { addresses, identify, identityHeaders } from '../identify.ts';

/*
 * Hive Gateway as its documentation embeds it: the supergraph with the subgraphs' addresses, headers that go along to
 * subgraphs, `node:http` in front. What it does for the explorer and for logs is off.
 */
const written = readFileSync(createRequire(import.meta.url).resolve('@starling/schema/supergraph.graphql'), 'utf8');
const supergraph = written.replace(
  /url: "http:\/\/([a-z-]+)\/graphql"/g,
  (_, name) => `url: "${addresses[name]}/graphql"`,
);

/** Told once for a request, however many fetches it takes. */
const identities = new WeakMap();
function identityOf(request) {
  const known = identities.get(request) ?? identify(request.headers.get('authorization'));
  identities.set(request, known);
  return known;
}

const gateway = createGatewayRuntime({
  supergraph,
  logging: 'error',
  graphiql: false,
  landingPage: false,
  propagateHeaders: {
    async fromClientToSubgraphs({ request, subgraphName }) {
      return identityHeaders(await identityOf(request), subgraphName);
    },
  },
});
const server = createServer(gateway);
server.listen(0, '127.0.0.1', () => announce(`http://127.0.0.1:${server.address().port}`));

process.on('SIGTERM', () => process.exit(0));
