import type { ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { AccessTokens } from '../protection/access-tokens.ts';
import { authenticate } from '../protection/authentication.ts';
import { isFromAnotherSite } from '../protection/cross-site.ts';
import type { RequestContext } from './apollo-server.ts';
import { conditionalSubscription } from './conditional-subscription.ts';

export const GRAPHQL_PATH = '/graphql';

/** Aborted when the connection closes before the answer is written. */
function untilGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

/** GraphQL over HTTP. Nothing of a client's headers goes any further than here: subgraphs get the identity alone. */
export function addGraphqlRoute(
  app: FastifyInstance,
  apollo: ApolloServer<RequestContext>,
  schema: GraphQLSchema,
  tokens: AccessTokens,
  logger: Logger,
): void {
  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    async onRequest(request, reply) {
      if (request.method !== 'GET') return;
      const isPage = request.headers.accept?.includes('text/html') ?? false;
      if (isPage && !(request.query as Record<string, unknown>).query) await reply.redirect('/');
      else if (!isFromAnotherSite(request.headers)) request.headers['apollo-require-preflight'] = 'same-site';
    },
    async preHandler({ method, body, query }, reply) {
      const error = conditionalSubscription(schema, method === 'GET' ? query : body);
      if (error) await reply.code(400).send({ errors: [error] });
    },
    handler: fastifyApolloHandler(apollo, {
      context: async ({ id, headers }, { raw }) => {
        const token = await authenticate(tokens, headers.authorization, logger);
        return { identity: { viewer: token?.viewer ?? null, requestId: id }, signal: untilGone(raw) };
      },
    }),
  });
}
