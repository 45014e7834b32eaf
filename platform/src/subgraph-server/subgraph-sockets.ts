import type { Server } from 'node:http';
import { type FormattedExecutionResult, GraphQLError } from 'graphql';
import type { ServerOptions } from 'graphql-ws';
import type { Logger } from 'pino';
import type { Identity } from '../identity/identity.ts';
import type { IdentityVerifier } from '../identity/identity-token.ts';
import {
  type AcceptUpgrade,
  acceptGraphqlSockets,
  type GraphqlSockets,
  type SocketExtra,
} from '../web-socket/graphql-sockets.ts';
import type { SubgraphRequest, SubgraphRunner } from './subgraph-runner.ts';

/** Representations of a page with long texts fit many times over. */
const MAX_MESSAGE_BYTES = 4 * 1024 * 1024;

interface Operation {
  readonly request: SubgraphRequest;
  readonly identity: Identity;
}

function refused(): readonly GraphQLError[] {
  return [new GraphQLError('No identity.', { extensions: { code: 'UNAUTHENTICATED' } })];
}

/**
 * The gateway's connections. One carries the subscriptions of many viewers, so that each operation brings an identity
 * token of its own in its `extensions`; the one in `connection_init` only shows that it is the gateway that calls.
 */
export function acceptSubgraphSockets(
  server: Server,
  path: string,
  runner: SubgraphRunner,
  identities: IdentityVerifier,
  logger: Logger,
  otherProtocols: Readonly<Record<string, AcceptUpgrade>>,
): GraphqlSockets {
  const protocol: ServerOptions<Record<string, unknown>, SocketExtra> = {
    onConnect: ({ connectionParams }) => identities.verify(connectionParams?.identity) !== null,
    onSubscribe(_context, _id, { query, variables, operationName, extensions }) {
      const identity = identities.verify(extensions?.identity);
      if (!identity) return refused();
      const prepared = runner.prepare(query);
      if ('errors' in prepared) return prepared.errors;
      const contextValue: Operation = { request: { query, variables, operationName }, identity };
      return { schema: runner.schema, document: prepared.document, operationName, contextValue };
    },
    execute({ contextValue }) {
      const { request, identity } = contextValue as Operation;
      return runner.execute(request, identity) as Promise<object>;
    },
    subscribe({ contextValue }) {
      const { request, identity } = contextValue as Operation;
      return runner.subscribe(request, identity) as Promise<object>;
    },
    // Answers are formatted by the runner already.
    onNext: (_context, _id, _payload, _args, result) => result as FormattedExecutionResult,
  };
  return acceptGraphqlSockets({ server, path, logger, protocol, maxMessageBytes: MAX_MESSAGE_BYTES, otherProtocols });
}
