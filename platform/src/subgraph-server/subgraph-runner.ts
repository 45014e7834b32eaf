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
import { after, type Soon } from '../batching/after.ts';
import type { Ending } from '../batching/ending.ts';
import type { Subgraph } from '../graphql/subgraph.ts';
import type { Identity } from '../identity/identity.ts';
import { asFlow, type Flow, mapFlow } from '../live/flow.ts';
import { type CompiledOperation, compileOperation, type Given } from './compiled/compile-operation.ts';
import { type Sharing, sharingOf } from './compiled/shared-selection.ts';
import { Uncovered } from './compiled/uncovered.ts';
import { eventAnswers, type SharedReading } from './event-answers.ts';
import { formattedError } from './formatted-error.ts';
import { endingWith, stopResolversWhenEnded } from './stopping-resolvers.ts';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

export type SubgraphStream = Flow<FormattedExecutionResult>;

export interface PreparedDocument {
  readonly document: DocumentNode;
  /** By operation name; null for what graphql-js has to execute. */
  readonly compiled: Map<string, CompiledOperation | null>;
}

/** Runs operations on a subgraph's schema, each with a context of its own: what its server and the gateway in process do. */
export interface SubgraphRunner {
  readonly schema: GraphQLSchema;
  /** The parsed document, or why it is none of this schema. Kept, since a gateway sends the same few again and again. */
  prepare(query: string): PreparedDocument | { readonly errors: readonly GraphQLError[] };
  /**
   * A query or a mutation, answered at once when there is nothing to wait for. Never rejects: faults are masked errors of the answer. Once `ending` is aborted, a query begins
   * no further resolver, and answers `endedEarly`; a mutation is finished for its own sake.
   */
  execute(request: SubgraphRequest, identity: Identity, ending?: Ending): Soon<FormattedExecutionResult>;
  /**
   * A subscription: its stream, each event read with a fresh context; or the answer that says why there is none. With
   * `shared`, an event may be read once for a group of subscribers, who get the same object: nobody may change it.
   */
  subscribe(
    request: SubgraphRequest,
    identity: Identity,
    shared?: SharedReading,
  ): Promise<SubgraphStream | FormattedExecutionResult>;
}

const KEPT_DOCUMENTS = 1_000;
/** What is compiled takes many times the memory of its text. */
const KEPT_CHARACTERS = 4_000_000;

const ONE_ANSWER = new Set([OperationTypeNode.QUERY, OperationTypeNode.MUTATION]);
const STREAM = new Set([OperationTypeNode.SUBSCRIPTION]);

function refusal(message: string, code: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code } });
}

/** The answer of a query that was not finished, since nobody waited for it. */
export const endedEarly: FormattedExecutionResult = {
  errors: [{ message: 'Nobody waits for this any more.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
};

function isStream(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
}

function compiledOrNot(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  sharing: Sharing | undefined,
): CompiledOperation | null {
  try {
    return compileOperation(schema, document, operationName, sharing);
  } catch (error) {
    if (error instanceof Uncovered) return null;
    throw error;
  }
}

export interface SubgraphRunnerOptions {
  /** Whether answers tell of faults of ours what they are: for who develops this. Default false. */
  readonly showsFaults?: boolean | undefined;
}

export function createSubgraphRunner(
  subgraph: Subgraph,
  logger: Logger,
  { showsFaults = false }: SubgraphRunnerOptions = {},
): SubgraphRunner {
  const { name, schema, sameForAll } = subgraph;
  const sharing = sameForAll && sharingOf(sameForAll);
  stopResolversWhenEnded(schema);
  const ofAll = eventAnswers();
  const documents = new LRUCache<string, ReturnType<SubgraphRunner['prepare']>>({
    max: KEPT_DOCUMENTS,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_prepared, query) => query.length + 1,
  });

  const prepare: SubgraphRunner['prepare'] = (query) => {
    const known = documents.get(query);
    if (known) return known;
    let prepared: ReturnType<SubgraphRunner['prepare']>;
    try {
      const document = parse(query, { noLocation: true });
      const errors = validate(schema, document);
      prepared =
        errors.length === 0
          ? { document, compiled: new Map() }
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
        formattedError(
          error,
          (fault) =>
            logger.error(
              { err: fault.originalError ?? fault, subgraph: name, requestId, path: fault.path },
              'A field failed',
            ),
          showsFaults,
        ),
      ),
    }),
  });

  const fault = (error: unknown, identity: Identity): FormattedExecutionResult => {
    const originalError = error instanceof Error ? error : new Error(String(error));
    return answer({ errors: [new GraphQLError(originalError.message, { originalError })] }, identity);
  };

  /** The document that holds the operation, and of which kind it is; or why there is none of a kind that is wanted. */
  const find = ({ query, operationName }: SubgraphRequest, wanted: ReadonlySet<OperationTypeNode>) => {
    const prepared = prepare(query);
    if ('errors' in prepared) return prepared;
    const kind = getOperationAST(prepared.document, operationName)?.operation;
    if (kind && wanted.has(kind)) return { prepared, kind };
    return { errors: [refusal('There is no such operation here.', 'BAD_REQUEST')] };
  };

  const argsOf = (
    { variables, operationName }: SubgraphRequest,
    document: DocumentNode,
    contextValue: object,
  ): ExecutionArgs & Given => ({
    schema,
    document,
    variableValues: variables ?? {},
    operationName: operationName ?? undefined,
    contextValue,
  });

  const compiledOf = ({ document, compiled }: PreparedDocument, operationName: string | null | undefined) => {
    const name = operationName ?? '';
    let operation = compiled.get(name);
    if (operation === undefined) {
      operation = compiledOrNot(schema, document, operationName, sharing);
      compiled.set(name, operation);
    }
    return operation;
  };

  /** By what was compiled of it, or by graphql-js. */
  const runOnce = (
    prepared: PreparedDocument,
    args: ReturnType<typeof argsOf>,
  ): ExecutionResult | Promise<ExecutionResult> =>
    compiledOf(prepared, args.operationName)?.execute(args) ?? execute(args);

  return {
    schema,
    prepare,
    execute(request, identity, ending) {
      try {
        const found = find(request, ONE_ANSWER);
        if ('errors' in found) return answer(found, identity);
        const until = found.kind === OperationTypeNode.QUERY ? ending : undefined;
        if (until?.aborted) return endedEarly;
        const context = endingWith(subgraph.createContext(identity, until), until);
        // What failed because nobody waited any more is no fault, and told to nobody.
        const finish = (result: ExecutionResult) => (until?.aborted ? endedEarly : answer(result, identity));
        const result = runOnce(found.prepared, argsOf(request, found.prepared.document, context));
        return result instanceof Promise
          ? result.then(finish).catch((error: unknown) => fault(error, identity))
          : finish(result);
      } catch (error) {
        return fault(error, identity);
      }
    },
    async subscribe(request, identity, shared) {
      try {
        const found = find(request, STREAM);
        if ('errors' in found) return answer(found, identity);
        const { prepared } = found;
        const args = argsOf(request, prepared.document, subgraph.createContext(identity));
        const source = await createSourceEventStream(args);
        if (!isStream(source)) return answer(source, identity);
        const read = async (rootValue: unknown, as: Identity) =>
          answer(await runOnce(prepared, { ...args, rootValue, contextValue: subgraph.createContext(as) }), as);
        const events = asFlow(source);
        if (!shared) return mapFlow(events, (event) => read(event, identity));
        const readForAll = (event: unknown) => ofAll.answer(shared.group, event, () => read(event, shared.as));
        const readOne = (event: unknown) => after(readForAll(event), (found) => found ?? read(event, identity));
        return mapFlow(events, readOne, readForAll);
      } catch (error) {
        return fault(error, identity);
      }
    },
  };
}
