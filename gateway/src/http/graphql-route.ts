import type { OutgoingHttpHeaders } from 'node:http';
import type { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import type { Documents } from '../documents/documents.ts';
import type { Executor } from '../execution/executor.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { AccessTokens } from '../protection/access-tokens.ts';
import { authenticate } from '../protection/authentication.ts';
import { isFromAnotherSite } from '../protection/cross-site.ts';
import type { PublicError } from '../protection/public-errors.ts';
import type { RequestContext } from './apollo-server.ts';
import { readKnownBodies } from './known-bodies.ts';
import { type AnswerForm, answerForm, JSON_TYPE } from './media-types.ts';
import { answerPlainQuery, type PlainAnswer, plainQuery } from './plain-queries.ts';
import { namedDocument, type RequestParameters, requestParameters } from './request-parameters.ts';
import { untilGone } from './until-gone.ts';

export const GRAPHQL_PATH = '/graphql';

const OTHER_METHODS = ['HEAD', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'];

function noSuchDocument(): GraphQLError {
  const message = 'There is no document with this id here: send it in words, or as a persisted query.';
  return new GraphQLError(message, { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } });
}

export interface GraphqlRouteOptions {
  readonly apollo: ApolloServer<RequestContext>;
  readonly documents: Documents;
  readonly executor: Executor;
  readonly tokens: AccessTokens;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  readonly publicError: PublicError;
  /** Whether connections are to end with the answers that are on their way. */
  readonly isClosing: () => boolean;
}

/**
 * By Node itself: fastify would go through the text for its length, and Node for its encoding, though both are known. Headers that
 * were set before are sent as well; hooks on what is sent (`onSend`) do not hear of it.
 */
function sendBytes(
  reply: FastifyReply,
  { status, text }: PlainAnswer,
  { mediaType }: AnswerForm,
  isLast: boolean,
): FastifyReply {
  reply.hijack();
  reply.headers({
    'cache-control': 'no-store',
    'content-type': `${mediaType}; charset=utf-8`,
    'content-length': text.length,
    ...(isLast && { connection: 'close' }),
  });
  reply.raw.writeHead(status, reply.getHeaders() as OutgoingHttpHeaders);
  reply.raw.end(text, 'latin1');
  return reply;
}

/**
 * GraphQL over HTTP. Nothing of a client's headers goes any further than here: subgraphs get the identity alone. Queries of
 * the common forms are answered without Apollo Server, as it would answer them; everything else is its own.
 */
export function addGraphqlRoute(app: FastifyInstance, options: GraphqlRouteOptions): void {
  const { apollo, documents, executor, tokens, metrics, logger, publicError, isClosing } = options;
  const bodies = readKnownBodies(app);
  const byApollo = fastifyApolloHandler(apollo, {
    context: async ({ id, headers }: FastifyRequest, { raw }: FastifyReply) => {
      const token = await authenticate(tokens, headers.authorization, logger);
      return { identity: { viewer: token?.viewer ?? null, requestId: id }, leaving: untilGone(raw) };
    },
  });

  /** Answers a request about which Apollo Server is not asked, as it would. */
  function refuse(reply: FastifyReply, status: number, errors: readonly GraphQLError[]): FastifyReply {
    reply.headers({ 'cache-control': 'no-store', 'content-type': `${JSON_TYPE}; charset=utf-8` });
    const shown = errors.map((error) => publicError(error.toJSON()));
    return reply.code(status).send(`${JSON.stringify({ errors: shown })}\n`);
  }

  async function answerPlainly(
    request: FastifyRequest,
    reply: FastifyReply,
    parameters: RequestParameters,
    form: AnswerForm,
  ): Promise<PlainAnswer | undefined> {
    const query = plainQuery(parameters, documents);
    if (!query) return undefined;
    // A token that cannot be verified is refused, and told of, by the other way.
    const verified = await tokens.verify(request.headers.authorization).catch(() => undefined);
    if (verified === undefined) return undefined;
    bodies.keep(request.body);
    const identity = { viewer: verified?.viewer ?? null, requestId: request.id };
    return answerPlainQuery(query, identity, untilGone(reply.raw), form, { executor, metrics, publicError });
  }

  /** What Apollo Server must not be asked: documents that are not trusted, and those that its rules must not see. */
  function refusedBeforehand(request: FastifyRequest): readonly GraphQLError[] | undefined {
    const { query, hash } = namedDocument(request);
    if (query !== undefined) {
      const read = documents.read(query);
      if ('errors' in read && (documents.onlyTrusted || read.isKeptFromRules)) return read.errors;
      documents.handOver(query);
    } else if (hash !== undefined) {
      const text = documents.textOf(hash);
      if (text !== undefined) documents.handOver(text);
      else if (documents.refusalOfHash) return [documents.refusalOfHash];
    }
    return undefined;
  }

  /** A document's id is not of Apollo Server's protocol: it gets the text instead. False when nobody knows the id. */
  function inWords(request: FastifyRequest, { hash, operationName, variables }: RequestParameters): boolean {
    const query = hash === undefined ? undefined : documents.textOf(hash);
    if (query === undefined) return false;
    request.body = { query, ...(operationName !== undefined && { operationName }), ...(variables && { variables }) };
    return true;
  }

  app.route({
    method: ['GET', 'POST'],
    url: GRAPHQL_PATH,
    // It is refused with the other methods: a question is not answered without its answer.
    exposeHeadRoute: false,
    onRequest(request, reply, done) {
      if (request.method !== 'GET') return done();
      const isPage = request.headers.accept?.includes('text/html') ?? false;
      const { query, extensions, documentId } = request.query as Record<string, unknown>;
      if (isPage && !query && !extensions && !documentId) return void reply.redirect('/');
      if (!isFromAnotherSite(request.headers)) request.headers['apollo-require-preflight'] = 'same-site';
      done();
    },
    async handler(request, reply) {
      const parameters = requestParameters(request);
      const form = answerForm(request.headers.accept);
      if (parameters && form) {
        const answer = await answerPlainly(request, reply, parameters, form);
        if (answer) return sendBytes(reply, answer, form, isClosing());
      }
      if (parameters?.isId && !inWords(request, parameters)) return refuse(reply, 400, [noSuchDocument()]);
      const errors = refusedBeforehand(request);
      if (errors) return refuse(reply, 400, errors);
      return byApollo.call(app, request, reply);
    },
  });

  app.route({
    method: OTHER_METHODS,
    url: GRAPHQL_PATH,
    async handler(_request, reply) {
      const error = new GraphQLError('GraphQL is asked by POST, or by GET for queries.', {
        extensions: { code: 'BAD_REQUEST' },
      });
      return refuse(reply.header('allow', 'GET, POST'), 405, [error]);
    },
  });
}
