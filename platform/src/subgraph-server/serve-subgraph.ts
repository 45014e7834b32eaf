import fastify, { type FastifyError } from 'fastify';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Subgraph } from '../graphql/subgraph.ts';
import type { Identity } from '../identity/identity.ts';
import { createIdentityVerifier, IDENTITY_HEADER } from '../identity/identity-token.ts';
import { requestsUnderWay } from '../lifecycle/requests-under-way.ts';
import { addHealthRoutes, addMetricsRoute } from '../operators/operator-routes.ts';
import type { Registry } from '../telemetry/metrics.ts';
import { WIRE_PROTOCOL } from '../wire/messages.ts';
import { DEADLINE_HEADER, deadlineOf, whileAwaited } from './deadline.ts';
import { createSubgraphRunner, endedEarly, type SubgraphRunnerOptions } from './subgraph-runner.ts';
import { acceptSubgraphSockets } from './subgraph-sockets.ts';
import { acceptWires } from './wires/subgraph-wires.ts';

declare module 'fastify' {
  interface FastifyRequest {
    /** Null until, and unless, the request showed who acts. */
    identity: Identity | null;
  }
}

export interface ServeSubgraphOptions extends SubgraphRunnerOptions {
  /** Started and stopped by the caller: before `serveSubgraph`, and after `close`. */
  readonly subgraph: Subgraph;
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** The gateway's: what it did not seal is refused. */
  readonly identitySecret: string;
  readonly logger: Logger;
  /** Further pages that anybody may GET, answered as JSON, such as `/.well-known/jwks.json`. */
  readonly routes?: Readonly<Record<string, () => Promise<unknown>>>;
  /** Served as `/metrics`. */
  readonly metrics?: Registry;
  /** Asked by `/readyz`: rejects while the subgraph cannot answer, for example without its database. */
  readonly checkReady?: () => Promise<unknown>;
}

export interface RunningServer {
  /** Such as `http://127.0.0.1:4001`. */
  readonly url: string;
  /** Stops taking requests, lets those under way finish, tells live connections to go elsewhere. */
  close(): Promise<void>;
}

const GRAPHQL_PATH = '/graphql';
const MAX_BODY_BYTES = 4 * 1024 * 1024;

const requestBody = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
});

function failure(message: string, code: string): { readonly errors: readonly object[] } {
  return { errors: [{ message, extensions: { code } }] };
}

/**
 * A subgraph behind a port of its own, for its gateway alone: GraphQL over HTTP, the same over wires for who can speak in
 * frames, and over WebSocket for subscriptions.
 */
export async function serveSubgraph(options: ServeSubgraphOptions): Promise<RunningServer> {
  const { subgraph, identitySecret, logger, routes = {}, metrics, checkReady, showsFaults } = options;
  const identities = createIdentityVerifier({ secret: identitySecret, audience: subgraph.name });
  const runner = createSubgraphRunner(subgraph, logger, { showsFaults });
  const app = fastify({ bodyLimit: MAX_BODY_BYTES, forceCloseConnections: 'idle' });
  const requests = requestsUnderWay(app.server);
  let draining = false;
  app.decorateRequest('identity', null);

  // A connection that was busy when the server closed would else be kept open for a next request that may not come.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (draining) reply.header('connection', 'close');
    done();
  });
  app.setErrorHandler<FastifyError>(async (error, _request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger.error({ err: error, subgraph: subgraph.name }, 'A request failed');
    await reply
      .code(status)
      .send(status >= 500 ? failure('Failed.', 'INTERNAL_SERVER_ERROR') : failure(error.message, 'BAD_REQUEST'));
  });

  addHealthRoutes(
    app,
    async () =>
      !draining &&
      (await (checkReady?.() ?? Promise.resolve()).then(
        () => true,
        () => false,
      )),
  );
  for (const [path, answer] of Object.entries(routes)) app.get(path, answer);
  if (metrics) addMetricsRoute(app, metrics);

  app.post(GRAPHQL_PATH, {
    // Before the body is read: whoever is not the gateway gets nothing parsed.
    onRequest: async (request, reply) => {
      request.identity = identities.verify(request.headers[IDENTITY_HEADER]);
      if (request.identity) return;
      await reply.code(401).send(failure('No identity.', 'UNAUTHENTICATED'));
    },
    handler: async ({ identity, body: given, headers }, reply) => {
      const body = requestBody.safeParse(given);
      if (!identity || !body.success)
        return reply.code(400).send(failure('This is no GraphQL request.', 'BAD_REQUEST'));
      const ending = whileAwaited(reply.raw, deadlineOf(headers[DEADLINE_HEADER]));
      const answer = await runner.execute(body.data, identity, ending);
      if (answer !== endedEarly) return answer;
      reply.hijack();
      reply.raw.destroy();
      return reply;
    },
  });

  const wires = acceptWires(runner, identities, logger);
  const sockets = acceptSubgraphSockets(app.server, GRAPHQL_PATH, runner, identities, logger, {
    [WIRE_PROTOCOL]: wires.accept,
  });
  const url = await app.listen({ host: options.host, port: options.port });
  return {
    url,
    async close() {
      draining = true;
      await Promise.all([wires.close(), sockets.close()]);
      await Promise.all([app.close(), requests.endConnections()]);
    },
  };
}
