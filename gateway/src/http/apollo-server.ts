import { ApolloServer, type ApolloServerPlugin } from '@apollo/server';
import {
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled';
import type { Ending } from '@starling/platform/batching';
import type { Identity } from '@starling/platform/identity';
import { GraphQLError, OperationTypeNode, type ValidationRule } from 'graphql';
import type { Logger } from 'pino';
import type { Documents } from '../documents/documents.ts';
import type { Executor } from '../execution/executor.ts';
import type { Supergraph } from '../execution/supergraph.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { DOCUMENT_LIMITS, documentLimits } from '../protection/document-limits.ts';
import type { PublicError } from '../protection/public-errors.ts';
import { answerForm } from './media-types.ts';
import { statusWithoutData } from './plain-queries.ts';

/** What an operation runs with. */
export interface RequestContext {
  readonly identity: Identity;
  /** Tells when the client leaves before it has its answer. */
  readonly leaving?: Ending;
}

export interface ApolloOptions {
  readonly supergraph: Supergraph;
  readonly executor: Executor;
  readonly documents: Documents;
  readonly metrics: GatewayMetrics;
  readonly logger: Logger;
  readonly publicError: PublicError;
  /** Awaited before a mutation is answered: what it ended must be known here by then. */
  readonly afterMutation: () => Promise<void>;
}

/** Subscriptions have no single answer. */
function overWebSocketOnly(): GraphQLError {
  return new GraphQLError('Subscriptions are served over WebSocket (graphql-transport-ws) at the same address.', {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
}

function lifecycle({ metrics, logger, afterMutation }: ApolloOptions): ApolloServerPlugin<RequestContext> {
  return {
    async requestDidStart() {
      const began = performance.now();
      return {
        async didResolveOperation({ operation }) {
          if (operation?.operation === OperationTypeNode.SUBSCRIPTION) throw overWebSocketOnly();
        },
        async willSendResponse({ operation, errors, contextValue, request, response }) {
          const form = answerForm(request.http?.headers.get('accept'));
          if (form && response.http.status === 400 && response.body.kind === 'single') {
            const codes = response.body.singleResult.errors?.map(({ extensions }) => extensions?.code) ?? [];
            response.http.status = statusWithoutData(codes, form);
          }
          const seconds = (performance.now() - began) / 1_000;
          metrics.operation(operation?.operation ?? 'none', errors ? 'error' : 'ok', seconds);
          if (operation?.operation !== OperationTypeNode.MUTATION) return;
          await afterMutation().catch((error: unknown) => {
            logger.warn(
              { err: error, requestId: contextValue.identity.requestId },
              'Ended sessions may be heard of late',
            );
          });
        },
      };
    },
  };
}

/** Apollo Server asks for what is kept by keys that end in a document's hash. */
const HASH_LENGTH = 64;

/** What a document is asked for that nobody has read before: where only trusted ones are served, there is none such. */
const nothingNew: ValidationRule = (context) => ({
  Document: () => context.reportError(new GraphQLError('This document is not one of those that are served here.')),
});

/** Apollo Server in front of our executor: parsing, validation, persisted queries, formatting. */
export function createApolloServer(options: ApolloOptions): ApolloServer<RequestContext> {
  const { supergraph, executor, documents, logger, publicError } = options;
  return new ApolloServer<RequestContext>({
    gateway: {
      async load() {
        return {
          executor({ document, operationName, request, context }) {
            const { identity, leaving } = context as RequestContext;
            return executor.execute({ document, operationName, variables: request.variables }, identity, leaving);
          },
        };
      },
      onSchemaLoadOrUpdate(callback) {
        callback({ apiSchema: supergraph.schema, coreSupergraphSdl: supergraph.sdl });
        return () => {};
      },
      async stop() {},
    },
    logger,
    introspection: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    csrfPrevention: true,
    allowBatchedHttpRequests: false,
    parseOptions: { maxTokens: DOCUMENT_LIMITS.tokens },
    validationRules: documents.onlyTrusted ? [nothingNew] : [documentLimits],
    documentStore: {
      get: async (key) => documents.handedOver(key.slice(-HASH_LENGTH)),
      set: async () => {},
      delete: async () => {},
    },
    persistedQueries: {
      ttl: null,
      cache: {
        get: async (key) => documents.textOf(key.slice(-HASH_LENGTH)),
        set: async (key, text) => documents.register(key.slice(-HASH_LENGTH), text),
        delete: async () => {},
      },
    },
    formatError: publicError,
    plugins: [lifecycle(options), ApolloServerPluginLandingPageDisabled(), ApolloServerPluginUsageReportingDisabled()],
  });
}
