import { randomUUID } from 'node:crypto';
import type { EventLog } from '@starling/platform/event-log';
import type { Subgraph } from '@starling/platform/graphql';
import { createIdentitySigner } from '@starling/platform/identity';
import { requestsUnderWay } from '@starling/platform/lifecycle';
import { addHealthRoutes, addMetricsRoute } from '@starling/platform/operators';
import type { RunningServer } from '@starling/platform/subgraph-server';
import fastify, { type FastifyError, type FastifyInstance } from 'fastify';
import { type DocumentNode, Kind } from 'graphql';
import type { JSONWebKeySet } from 'jose';
import type { Logger } from 'pino';
import { createDocuments } from './documents/documents.ts';
import { committedOperations, loadTrustedDocuments, noTrustedDocuments } from './documents/trusted-documents.ts';
import { createExecutor, type Executor, type FetchReport } from './execution/executor.ts';
import { remoteSource } from './execution/remote-source.ts';
import { inProcessSource, type SubgraphSource } from './execution/subgraph-source.ts';
import { committedSupergraph, loadSupergraph } from './execution/supergraph.ts';
import { createApolloServer } from './http/apollo-server.ts';
import { addGraphqlRoute } from './http/graphql-route.ts';
import { addKeySetRoute } from './http/key-set-route.ts';
import { addMailPages } from './http/mail-pages.ts';
import { addPages } from './http/pages.ts';
import { acceptLiveClients } from './live/live-server.ts';
import { createMetrics, type GatewayMetrics } from './metrics.ts';
import { createAccessTokens } from './protection/access-tokens.ts';
import { MAX_OBJECTS } from './protection/answer-size.ts';
import { createKeySet } from './protection/key-set.ts';
import { type PublicError, publicErrors } from './protection/public-errors.ts';
import { hearOfRevokedSessions } from './protection/revoked-sessions.ts';

/** A subgraph in a process of its own. */
export interface RemoteSubgraph {
  readonly name: string;
  /** Such as `http://127.0.0.1:4001`. */
  readonly url: string;
}

export interface GatewayOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  /** `/metrics` on a port of its own; without it, on `port`. */
  readonly metricsPort?: number | undefined;
  /** Every subgraph of the supergraph, in this process or elsewhere. In-process ones are started and stopped by the caller. */
  readonly subgraphs: readonly (Subgraph | RemoteSubgraph)[];
  /** Shared with subgraphs that are elsewhere. */
  readonly identitySecret?: string | undefined;
  /** The public keys of access tokens, read when needed. */
  readonly keySet: () => Promise<JSONWebKeySet>;
  /** Where ended sessions are heard of. Without it, access tokens end by age alone. */
  readonly eventLog?: EventLog | undefined;
  /** Asked by `/readyz`: rejects while something is missing that this process should have. */
  readonly checkReady?: (() => Promise<void>) | undefined;
  readonly logger: Logger;
  /** The composed schema; default: the committed one. */
  readonly supergraphSdl?: string;
  /** A folder with what clients were built with. Default: the committed operations, when the schema is the committed one. */
  readonly operations?: string;
  /** Whether nothing else is served: `TRUSTED_DOCUMENTS=only`. Default false. */
  readonly onlyTrustedDocuments?: boolean | undefined;
  /** Whether answers tell of faults of ours what they are: `NODE_ENV=development`. Default false. */
  readonly showsFaults?: boolean | undefined;
  /** The longest that one fetch from a subgraph elsewhere may take. Default 10,000 ms. */
  readonly fetchDeadlineMs?: number;
  /** The longest that a query, or what is added to an event, is waited for. Default 20,000 ms. */
  readonly requestDeadlineMs?: number;
  /** For the whole of a request to arrive. Default 30,000 ms; it is looked at every 5 s, or as often as that passes. */
  readonly arrivalTimeoutMs?: number;
  /** For a WebSocket client's first message. Default 3,000 ms. */
  readonly initTimeoutMs?: number;
  /** How long a stream that can be resumed waits for its subgraph. Default 30,000 ms. */
  readonly resumePatienceMs?: number;
  /** Told of every fetch of every plan. */
  readonly onFetch?: (report: FetchReport) => void;
}

const MAX_BODY_BYTES = 256 * 1024;
const LOOKED_AT_EVERY_MS = 5_000;
const REQUEST_ID = /^[A-Za-z0-9_-]{1,64}$/;

function createSources(
  { subgraphs, identitySecret, logger, showsFaults, fetchDeadlineMs = 10_000 }: GatewayOptions,
  metrics: GatewayMetrics,
): SubgraphSource[] {
  return subgraphs.map((subgraph) => {
    if (!('url' in subgraph)) return inProcessSource(subgraph, logger, { showsFaults });
    if (identitySecret === undefined)
      throw new Error(`Subgraph ${subgraph.name} is elsewhere: an identity secret is needed.`);
    const signer = createIdentitySigner({ secret: identitySecret });
    const onJointQuestion = () => metrics.jointQuestion(subgraph.name);
    return remoteSource({ ...subgraph, signer, deadlineMs: fetchDeadlineMs, logger, onJointQuestion });
  });
}

function createApp(
  { logger, arrivalTimeoutMs = 30_000 }: GatewayOptions,
  publicError: PublicError,
  isClosing: () => boolean,
): FastifyInstance {
  const app = fastify({
    bodyLimit: MAX_BODY_BYTES,
    // Who sends a byte now and then would else keep a connection, and what it has sent, for ever.
    requestTimeout: arrivalTimeoutMs,
    http: {
      headersTimeout: arrivalTimeoutMs,
      connectionsCheckingInterval: Math.min(LOOKED_AT_EVERY_MS, arrivalTimeoutMs),
    },
    forceCloseConnections: 'idle',
    genReqId: ({ headers }) => {
      const given = headers['x-request-id'];
      return typeof given === 'string' && REQUEST_ID.test(given) ? given : randomUUID();
    },
  });
  // Every request passes these hooks: none of them is worth a promise.
  app.addHook('onRequest', (request, reply, done) => {
    reply.header('x-request-id', request.id).header('x-content-type-options', 'nosniff');
    done();
  });
  // A connection that was busy when the server closed would else be kept open for a next request that may not come.
  app.addHook('onSend', (_request, reply, _payload, done) => {
    if (isClosing()) reply.header('connection', 'close');
    done();
  });
  // A form of another page could send it, and GraphQL is none: 415.
  app.removeContentTypeParser('text/plain');
  app.setErrorHandler<FastifyError>(async (error, request, reply) => {
    const status = error.statusCode ?? 500;
    if (status >= 500) logger.error({ err: error, requestId: request.id }, 'A request failed');
    const code = status >= 500 ? 'INTERNAL_SERVER_ERROR' : 'BAD_REQUEST';
    await reply.code(status).send({ errors: [publicError({ message: error.message, extensions: { code } })] });
  });
  app.setNotFoundHandler(async (_request, reply) => {
    const error = { message: 'There is nothing here. The graph is at /graphql.', extensions: { code: 'BAD_REQUEST' } };
    await reply.code(404).send({ errors: [error] });
  });
  return app;
}

function planAll({ plan }: Executor, document: DocumentNode): void {
  for (const each of document.definitions) {
    if (each.kind === Kind.OPERATION_DEFINITION) plan(document, each.name?.value);
  }
}

/** Opens the public door. Resolves once it serves; `close` drains it, and leaves subgraphs and event log running. */
export async function startGateway(options: GatewayOptions): Promise<RunningServer> {
  const { host, port, metricsPort, eventLog, logger, onFetch } = options;
  let serving = false;
  let closing = false;
  const supergraph = loadSupergraph(options.supergraphSdl ?? committedSupergraph());
  const operations = options.operations ?? (options.supergraphSdl === undefined ? committedOperations() : undefined);
  const trusted = operations === undefined ? noTrustedDocuments : loadTrustedDocuments(supergraph.schema, operations);
  const onlyTrusted = options.onlyTrustedDocuments ?? false;
  const documents = createDocuments({ schema: supergraph.schema, trusted, onlyTrusted });
  const publicError = publicErrors(options.showsFaults ?? false);
  const metrics = createMetrics();
  const sources = createSources(options, metrics);
  const missing = supergraph.subgraphNames.filter((name) => !sources.some((source) => source.name === name));
  if (missing.length > 0) throw new Error(`The gateway was not told where these subgraphs are: ${missing.join(', ')}`);

  eventLog?.measure?.(metrics.registry);
  for (const subgraph of options.subgraphs) if ('measure' in subgraph) subgraph.measure?.(metrics.registry);
  const keySet = createKeySet({ load: options.keySet, logger });
  const revoked = await hearOfRevokedSessions(eventLog);
  const tokens = createAccessTokens({ keySet, revoked });
  const executor = createExecutor({
    supergraph,
    keptDocuments: trusted.documents,
    sources,
    logger,
    maxObjects: MAX_OBJECTS,
    ...(options.requestDeadlineMs !== undefined && { requestDeadlineMs: options.requestDeadlineMs }),
    ...(options.resumePatienceMs !== undefined && { resumePatienceMs: options.resumePatienceMs }),
    onFetch(report) {
      metrics.fetch(report);
      onFetch?.(report);
    },
    onUncovered: metrics.uncovered,
  });
  metrics.watchDocuments(() => ({ ...documents.sizes(), planned: executor.keptPlans() }));
  // Nothing else will ever be planned, so nobody has to wait for it.
  if (onlyTrusted) for (const document of trusted.documents) planAll(executor, document);
  const apollo = createApolloServer({
    supergraph,
    executor,
    documents,
    metrics,
    logger,
    publicError,
    afterMutation: revoked.caughtUp,
  });
  await apollo.start();

  const isClosing = () => closing;
  const app = createApp(options, publicError, isClosing);
  const requests = requestsUnderWay(app.server);
  // Without keys only signed-out requests can be answered, and without a word of ended sessions too many: that is not ready.
  addHealthRoutes(
    app,
    async () =>
      serving &&
      (await Promise.all([keySet.published(), revoked.caughtUpOnce(), options.checkReady?.()])
        .then(() => true)
        .catch(() => false)),
  );
  addKeySetRoute(app, keySet);
  addPages(app);
  addMailPages(app, executor);
  addGraphqlRoute(app, { apollo, documents, executor, tokens, metrics, logger, publicError, isClosing });
  const operators = metricsPort === undefined ? app : fastify({ forceCloseConnections: true });
  addMetricsRoute(operators, metrics.registry);

  const initTimeout = options.initTimeoutMs === undefined ? {} : { initTimeoutMs: options.initTimeoutMs };
  const live = acceptLiveClients({
    server: app.server,
    supergraph,
    executor,
    documents,
    apollo,
    tokens,
    revoked,
    metrics,
    logger,
    publicError,
    ...initTimeout,
  });

  async function close(): Promise<void> {
    serving = false;
    closing = true;
    await Promise.all([live.close(), app.close(), requests.endConnections()]);
    if (operators !== app) await operators.close();
    await apollo.stop();
    await revoked.stop();
    await Promise.all(sources.map((source) => source.close()));
  }

  try {
    await revoked
      .caughtUpOnce()
      .catch((error: unknown) => logger.warn({ err: error }, 'Which sessions have ended is not known yet'));
    const url = await app.listen({ host, port });
    if (operators !== app) await operators.listen({ host, port: metricsPort as number });
    // Tokens can be verified from the first request on; when the users subgraph is not there yet, from then on.
    await keySet
      .published()
      .catch((error: unknown) => logger.warn({ err: error }, 'The public keys are not there yet'));
    serving = true;
    return { url, close };
  } catch (error) {
    await close();
    throw error;
  }
}
