import type { ServerResponse } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { GraphQLSchema } from 'graphql';
import type { Logger } from 'pino';
import type { Executor } from '../execution/executor.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { AccessTokens } from '../protection/access-tokens.ts';
import { authenticate } from '../protection/authentication.ts';
import { isFromAnotherSite } from '../protection/cross-site.ts';
import type { RequestContext } from './apollo-server.ts';
import { conditionalSubscription } from './conditional-subscription.ts';
import { answerPlainQuery, plainQuery } from './plain-queries.ts';
import { validDocuments } from './valid-documents.ts';

export const GRAPHQL_PATH = '/graphql';

/** Aborted when the connection closes before the answer is written. */
function untilGone(response: ServerResponse): AbortSignal {
  const gone = new AbortController();
  response.once('close', () => {
    if (!response.writableFinished) gone.abort();
  });
  return gone.signal;
}

export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly schema: GraphQLSchema;
  readonly executor: Executor;
  readonly tokens: AccessTokens;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
}

/**
 * GraphQL over HTTP. Nothing of a client's headers goes any further than here: subgraphs get the identity alone. Queries of
 * the most common form are answered without Apollo Server, as it would answer them; everything else is its own.
 */
export function addGraphqlRoute(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { apollo, schema, executor, tokens, metrics, logger } = options;
  const { documentOf } = validDocuments(schema);
  const byApollo = fastifyApolloHandler(apollo, {
    context: async ({ id, headers }: FastifyRequest, { raw }: FastifyReply) => {
      const token = await authenticate(tokens, headers.authorization, logger);
      return { identity: { viewer: token?.viewer ?? null, requestId: id }, signal: untilGone(raw) };
    },
  });

  async function answerPlainly(request: FastifyRequest, reply: FastifyReply): Promise<string | undefined> {
    const query = plainQuery(request, documentOf);
    if (!query) return undefined;
    // A token that cannot be verified is refused, and told of, by the other way.
    const verified = await tokens.verify(request.headers.authorization).catch(() => undefined);
    if (verified === undefined) return undefined;
    const identity = { viewer: verified?.viewer ?? null, requestId: request.id };
    return answerPlainQuery(query, identity, untilGone(reply.raw), { executor, metrics });
  }

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
    async handler(request, reply) {
      const answer = await answerPlainly(request, reply);
      if (answer === undefined) return byApollo.call(app, request, reply);
      reply.headers({ 'cache-control': 'no-store', 'content-type': 'application/json; charset=utf-8' });
      return answer;
    },
  });
}
