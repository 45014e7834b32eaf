import { randomUUID } from 'node:crypto';
import type { Server } from 'node:http';
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ApolloServer } from '@apollo/server';
import { atMost } from '@starling/platform/batching';
import { type Flow, flow, readFlow, type Taker } from '@starling/platform/live';
import { acceptGraphqlSockets, type GraphqlSockets, type SocketExtra } from '@starling/platform/web-socket';
import {
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLFormattedError,
  getOperationAST,
  OperationTypeNode,
} from 'graphql';
import { CloseCode, type ServerOptions, type SubscribePayload } from 'graphql-ws';
import type { Logger } from 'pino';
import { z } from 'zod';
import type { Documents } from '../documents/documents.ts';
import { type Executor, noSuchOperation } from '../execution/executor.ts';
import { EventText } from '../execution/shared/shared-events.ts';
import type { Supergraph } from '../execution/supergraph.ts';
import type { RequestContext } from '../http/apollo-server.ts';
import { GRAPHQL_PATH } from '../http/graphql-route.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { AccessTokens } from '../protection/access-tokens.ts';
import { authenticate } from '../protection/authentication.ts';
import type { PublicError } from '../protection/public-errors.ts';
import type { RevokedSessions } from '../protection/revoked-sessions.ts';
import { liveConnections, TRY_AGAIN_LATER } from './connections.ts';
import { runningOperations } from './running-operations.ts';

export interface LiveOptions {
  readonly server: Server;
  readonly supergraph: Supergraph;
  readonly executor: Executor;
  readonly documents: Documents;
  readonly apollo: ApolloServer<RequestContext>;
  readonly tokens: AccessTokens;
  readonly revoked: RevokedSessions;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  readonly publicError: PublicError;
  /** For `connection_init`; after it the connection is closed with 4408. Default 3,000 ms. */
  readonly initTimeoutMs?: number;
}

const MAX_MESSAGE_BYTES = 256 * 1024;
const MAX_OPERATIONS_PER_SOCKET = 100;
/** On all connections of an account to this gateway. */
const MAX_OPERATIONS_PER_ACCOUNT = 500;

/**
 * After a restart everybody comes back at once. So many connections and streams are opened at a time, and what else there is
 * to do comes in between: an ordinary query does not stand in their line.
 */
const OPENED_AT_ONCE = 4;

const ID_IN_USE = 'Subscriber for this id already exists';

/** An operation on its way through graphql-ws, which passes it on untouched. */
interface LiveOperation {
  readonly id: string;
  readonly socket: SocketExtra;
  readonly payload: SubscribePayload;
  readonly context: RequestContext;
}

function tooMany(count: number, where: string): GraphQLError {
  const message = `At most ${count} operations run on ${where} at a time.`;
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', retryAfter: 1 } });
}

function formatted({ data, errors }: ExecutionResult, publicError: PublicError): FormattedExecutionResult {
  return {
    ...(data !== undefined && { data }),
    ...(errors && { errors: errors.map((error) => publicError(error.toJSON())) }),
  };
}

/** `{ "authorization": "Bearer ..." }`; anything but a text there is as bad as a wrong token. */
function authorizationOf(params: Record<string, unknown> | undefined): string | undefined {
  const value = params?.authorization ?? params?.Authorization ?? undefined;
  return value === undefined || typeof value === 'string' ? value : 'malformed';
}

/**
 * What graphql-ws has still to put into words of a stream: events that have their text already are sent from here, those in one
 * write that there are at once.
 */
function eventsFor(
  events: Flow<ExecutionResult | EventText>,
  id: string,
  socket: SocketExtra,
  publicError: PublicError,
  onEvent: (event: ExecutionResult | EventText) => void,
): Flow<ExecutionResult> {
  const beginning = Buffer.from(`{"id":${JSON.stringify(id)},"type":"next","payload":`);
  let hasLeft = false;
  let asked: Taker<ExecutionResult>;
  const readOn = readFlow(events, {
    value(event) {
      onEvent(event);
      if (!(event instanceof EventText)) {
        asked.value(formatted(event, publicError) as ExecutionResult);
        return false;
      }
      const sending = hasLeft ? undefined : socket.gather(beginning, event.rest);
      return sending instanceof Promise ? sending.then(() => true) : true;
    },
    end: () => asked.end(),
    fail: (error) => asked.fail(error),
    rest: socket.flush,
  });
  return flow({
    take(taker) {
      asked = taker;
      readOn();
    },
    async leave() {
      hasLeft = true;
      await events.return();
    },
  });
}

const persisted = z.object({
  persistedQuery: z.object({ version: z.literal(1), sha256Hash: z.string() }),
});

/** The words of an operation; a client that names a persisted query by its hash sends none. */
function textOf({ query, extensions }: SubscribePayload, documents: Documents): string | GraphQLError {
  const named = query === '' ? persisted.safeParse(extensions) : undefined;
  if (!named?.success) return query;
  const text = documents.textOf(named.data.persistedQuery.sha256Hash);
  if (text !== undefined) return text;
  return (
    documents.refusalOfHash ??
    new GraphQLError('PersistedQueryNotFound', { extensions: { code: 'PERSISTED_QUERY_NOT_FOUND' } })
  );
}

/** GraphQL over WebSocket for clients: subscriptions, and queries and mutations for those who have the socket open. */
export function acceptLiveClients(options: LiveOptions): GraphqlSockets {
  const {
    server,
    supergraph,
    executor,
    documents,
    apollo,
    tokens,
    revoked,
    metrics,
    logger,
    publicError,
    initTimeoutMs = 3_000,
  } = options;
  const operations = runningOperations();
  const connections = liveConnections({ revoked, operationsOn: operations.countOn });
  const inTurn = atMost(OPENED_AT_ONCE);
  /** The rest of the process has its turn before the next is opened. */
  const opening = <Opened>(open: () => Promise<Opened>) =>
    inTurn(async () => {
      await nextTurn();
      return open();
    });

  const protocol: ServerOptions<Record<string, unknown>, SocketExtra> = {
    connectionInitWaitTimeout: initTimeoutMs,
    async onConnect({ extra, connectionParams }) {
      try {
        const token = await opening(() => authenticate(tokens, authorizationOf(connectionParams), logger));
        connections.open(extra, token);
        return true;
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error;
        // Of several codes the first counts.
        if (error.extensions.code !== 'UNAUTHENTICATED') extra.close(TRY_AGAIN_LATER, 'Try again later');
        return false;
      }
    },
    onClose({ extra }) {
      connections.left(extra);
      operations.left(extra);
    },
    onSubscribe({ extra }, id, payload) {
      // graphql-ws has let go of an operation that is completed while it is opened, and would then lose one of the two.
      if (operations.isRunning(extra, id)) {
        extra.close(CloseCode.SubscriberAlreadyExists, ID_IN_USE);
        return [new GraphQLError(ID_IN_USE)];
      }
      if (operations.countOn(extra) >= MAX_OPERATIONS_PER_SOCKET) {
        return [tooMany(MAX_OPERATIONS_PER_SOCKET, 'one connection')];
      }
      if (connections.operationsOfAccount(extra) >= MAX_OPERATIONS_PER_ACCOUNT) {
        return [tooMany(MAX_OPERATIONS_PER_ACCOUNT, 'the connections of one account')];
      }
      const query = textOf(payload, documents);
      if (query instanceof GraphQLError) return [query];
      const prepared = documents.read(query);
      if ('errors' in prepared) return prepared.errors;
      const { operationName } = payload;
      const named = getOperationAST(prepared.document, operationName);
      if (!named) return [noSuchOperation(operationName)];
      documents.handOver(query);
      const identity = { viewer: connections.viewerOf(extra), requestId: randomUUID() };
      const isStream = named.operation === OperationTypeNode.SUBSCRIPTION;
      const context = { identity, leaving: operations.begin(extra, id, isStream) };
      const contextValue: LiveOperation = { id, socket: extra, payload: { ...payload, query }, context };
      return {
        schema: supergraph.schema,
        document: prepared.document,
        operationName,
        variableValues: payload.variables,
        contextValue,
      };
    },
    async execute({ contextValue }) {
      const { payload, context } = contextValue as LiveOperation;
      const { query, variables, operationName } = payload;
      const { body } = await apollo.executeOperation(
        { query, ...(variables && { variables }), ...(operationName && { operationName }) },
        { contextValue: context },
      );
      if (body.kind !== 'single') throw new Error('An answer in parts was not asked for.');
      return body.singleResult as ExecutionResult;
    },
    async subscribe({ document, operationName, variableValues, contextValue }) {
      const { id, socket, context } = contextValue as LiveOperation;
      const { identity } = context;
      const operation = { document, operationName, variables: variableValues };
      const answer = await opening(() => executor.subscribe(operation, identity));
      if (!(Symbol.asyncIterator in answer)) return formatted(answer, publicError) as ExecutionResult;
      return eventsFor(answer, id, socket, publicError, (event) => {
        metrics.event('errors' in event && event.errors ? 'error' : 'ok');
      });
    },
    // Whatever was begun comes here, also what its client has completed or left long before.
    onComplete: ({ extra }, id) => operations.end(extra, id),
    // Answers are formatted by now; errors before an answer are not.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
    onError: (_context, _id, _payload, errors): GraphQLFormattedError[] =>
      errors.map((error) => publicError(error.toJSON())),
  };

  const sockets = acceptGraphqlSockets({
    server,
    path: GRAPHQL_PATH,
    logger,
    protocol,
    maxMessageBytes: MAX_MESSAGE_BYTES,
    untilAnswered: operations.untilAnswered,
  });
  metrics.watchConnections(sockets.connections);
  return sockets;
}
