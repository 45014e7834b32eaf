import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import mercuriusGateway from '@mercuriusjs/gateway';
import { announce } from '@starling/platform/lifecycle';
import Fastify from 'fastify';
import { addresses, identify, identityHeaders } from '../identify.ts';

/*
 * Mercurius' gateway as its documentation sets it up, with `jit` on. It knows version 1 of federation, so that it is told of each
 * subgraph, in that version's words, what the page needs.
 */
const told = (name) => readFileSync(join(import.meta.dirname, 'federation-1', `${name}.graphql`), 'utf8');

const app = Fastify();
app.register(mercuriusGateway, {
  jit: 1,
  context: async ({ headers }) => ({ identity: await identify(headers.authorization) }),
  gateway: {
    services: ['timeline', 'tweets', 'users'].map((name) => ({
      name,
      url: `${addresses[name]}/graphql`,
      schema: told(name),
      mandatory: true,
      rewriteHeaders: (_, context) => identityHeaders(context?.identity, name),
    })),
  },
});
announce(await app.listen({ host: '127.0.0.1', port: 0 }));

process.on('SIGTERM', () => process.exit(0));
