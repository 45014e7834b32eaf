import {
  createSourceEventStream,
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  OperationTypeNode,
  parse,
  validate,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import type { Logger } from 'pino';
import type { Subgraph } from '../graphql/subgraph.ts';
import type { Identity } from '../identity/identity.ts';
import { formattedError } from './formatted-error.ts';
import { mapStream } from './map-stream.ts';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

export type SubgraphStream = AsyncGenerator<FormattedExecutionResult, void, undefined>;

/** Runs operations on a subgraph's schema, each with a context of its own: what its server and the gateway in process do. */
export interface SubgraphRunner {
  readonly schema: GraphQLSchema;
  /** The parsed document, or why it is none of this schema. Kept, since a gateway sends the same few again and again. */
  prepare(query: string): { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };
  /** A query or a mutation. Never rejects: faults are masked errors of the answer. */
  execute(request: SubgraphRequest, identity: Identity): Promise<FormattedExecutionResult>;
  /** A subscription: its stream, each event read with a fresh context; or the answer that says why there is none. */
  subscribe(request: SubgraphRequest, identity: Identity): Promise<SubgraphStream | FormattedExecutionResult>;
}

const KEPT_DOCUMENTS = 1_000;

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

function isStream(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

export function createSubgraphRunner(subgraph: Subgraph, logger: Logger): SubgraphRunner {
  const { name, schema } = subgraph;
  const documents = new LRUCache<string, ReturnType<SubgraphRunner['prepare']>>({ max: KEPT_DOCUMENTS });

  const prepare: SubgraphRunner['prepare'] = (query) => {
    const known = documents.get(query);
    if (known) return known;
    let prepared: ReturnType<SubgraphRunner['prepare']>;
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      prepared =
        errors.length === 0
          ? { document }
          : { errors: errors.map(({ message }) => refusal(message, 'GRAPHQL_VALIDATION_FAILED')) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      prepared = { errors: [refusal(error.message, 'GRAPHQL_PARSE_FAILED')] };
    }
    documents.set(query, prepared);
    return prepared;
  };

  const answer = ({ data, errors }: ExecutionResult, { requestId }: Identity): FormattedExecutionResult => ({
    ...(data !== undefined && { data }),
    ...(errors && {
      errors: errors.map((error) =>
        formattedError(error, (fault) =>
          logger.error(
            { err: fault.originalError ?? fault, subgraph: name, requestId, path: fault.path },
            'A field failed',
          ),
        ),
      ),
    }),
  });

  /** Runs `work` with what graphql-js wants to know, once it is clear that the document holds such an operation. */
  const run = async <Result>(
    { query, variables, operationName }: SubgraphRequest,
    identity: Identity,
    isSubscription: boolean,
    work: (args: ExecutionArgs) => Promise<Result>,
  ): Promise<Result | FormattedExecutionResult> => {
    try {
      const prepared = prepare(query);
      if ('errors' in prepared) return answer(prepared, identity);
      const operation = getOperationAST(prepared.document, operationName)?.operation;
      if (operation === undefined || (operation === OperationTypeNode.SUBSCRIPTION) !== isSubscription) {
        return answer({ errors: [refusal('There is no such operation here.', 'BAD_REQUEST')] }, identity);
      }
      return await work({
        schema,
        document: prepared.document,
        variableValues: variables ?? {},
        operationName: operationName ?? undefined,
        contextValue: subgraph.createContext(identity),
      });
    } catch (error) {
      const originalError = error instanceof Error ? error : new Error(String(error));
      return answer({ errors: [new GraphQLError(originalError.message, { originalError })] }, identity);
    }
  };

  return {
    schema,
    prepare,
    execute: (request, identity) =>
      run(request, identity, false, async (args) => answer(await execute(args), identity)),
    subscribe: (request, identity) =>
      run(request, identity, true, async (args) => {
        const source = await createSourceEventStream(args);
        if (!isStream(source)) return answer(source, identity);
        return mapStream(source, async (rootValue) =>
          answer(await execute({ ...args, rootValue, contextValue: subgraph.createContext(identity) }), identity),
        );
      }),
  };
}
