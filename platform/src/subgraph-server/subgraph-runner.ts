import {
  createSourceEventStream,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from 'pino';
import { after, type Soon } from '../batching/after.ts';
import type { Ending } from '../batching/ending.ts';
import type { Subgraph } from '../graphql/subgraph.ts';
import type { Identity } from '../identity/identity.ts';
import { asFlow, type Flow, mapFlow } from '../live/flow.ts';
import type { Given } from './compiled/compile-operation.ts';
import { sharingOf } from './compiled/shared-selection.ts';
import { entitiesForAll } from './entities-for-all.ts';
import { eventAnswers, type SharedReading } from './event-answers.ts';
import { formattedError } from './formatted-error.ts';
import {
  noSuchOperation,
  type PreparedDocument,
  type PreparedOperation,
  preparedDocuments,
  type RefusedDocument,
} from './prepared-documents.ts';
import { endingWith, stopResolversWhenEnded } from './stopping-resolvers.ts';

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
  readonly operationName?: string | null | undefined;
}

export type SubgraphStream = Flow<FormattedExecutionResult>;

/** Runs operations on a subgraph's schema, each with a context of its own: what its server and the gateway in process do. */
export interface SubgraphRunner {
  readonly schema: GraphQLSchema;
  /** The parsed document, or why it is none of this schema. Kept, since a gateway sends the same few again and again. */
  prepare(query: string): PreparedDocument | RefusedDocument;
  /** The types of entities of which this asks nothing that depends on who asks; undefined when it asks anything else. */
  forAll(query: string): readonly string[] | undefined;
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

/** The answer of a query that was not finished, since nobody waited for it. */
export const endedEarly: FormattedExecutionResult = {
  errors: [{ message: 'Nobody waits for this any more.', extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }],
};

function isStream(value: object): value is AsyncIterable<unknown> {
  return Symbol.asyncIterator in value;
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
  const prepare = preparedDocuments(schema, sameForAll && sharingOf(sameForAll));
  stopResolversWhenEnded(schema);
  const ofAll = eventAnswers();

  const answer = (result: ExecutionResult, { requestId }: Identity): FormattedExecutionResult => {
    const { data, errors } = result;
    if (errors === undefined) return result as FormattedExecutionResult;
    const tell = (fault: GraphQLError) =>
      logger.error(
        { err: fault.originalError ?? fault, subgraph: name, requestId, path: fault.path },
        'A field failed',
      );
    const shown = errors.map((error) => formattedError(error, tell, showsFaults));
    return data === undefined ? { errors: shown } : { data, errors: shown };
  };

  const fault = (error: unknown, identity: Identity): FormattedExecutionResult => {
    const originalError = error instanceof Error ? error : new Error(String(error));
    return answer({ errors: [new GraphQLError(originalError.message, { originalError })] }, identity);
  };

  const find = ({ query, operationName }: SubgraphRequest): PreparedOperation | RefusedDocument => {
    const prepared = prepare(query);
    return 'errors' in prepared ? prepared : (prepared.operation(operationName) ?? noSuchOperation);
  };

  const argsOf = ({ operationName }: SubgraphRequest, { document }: PreparedOperation, given: Given) => ({
    schema,
    document,
    operationName: operationName ?? undefined,
    ...given,
  });

  /** By what was compiled of it, or by graphql-js. */
  const runOnce = (request: SubgraphRequest, operation: PreparedOperation, given: Given): Soon<ExecutionResult> =>
    operation.compiled ? operation.compiled.execute(given) : execute(argsOf(request, operation, given));

  return {
    schema,
    prepare,
    forAll(query) {
      if (!sameForAll) return undefined;
      try {
        const prepared = prepare(query);
        return 'errors' in prepared ? undefined : entitiesForAll(schema, sameForAll, prepared.document);
      } catch {
        // Who asks it is told what is wrong with it.
        return undefined;
      }
    },
    execute(request, identity, ending) {
      try {
        const found = find(request);
        if ('errors' in found) return answer(found, identity);
        if (found.kind === OperationTypeNode.SUBSCRIPTION) return answer(noSuchOperation, identity);
        const until = found.kind === OperationTypeNode.QUERY ? ending : undefined;
        if (until?.aborted) return endedEarly;
        const contextValue = endingWith(subgraph.createContext(identity, until), until);
        const result = runOnce(request, found, { contextValue, variableValues: request.variables ?? {} });
        // What failed because nobody waited any more is no fault, and told to nobody.
        if (!(result instanceof Promise)) return until?.aborted ? endedEarly : answer(result, identity);
        return result
          .then((late) => (until?.aborted ? endedEarly : answer(late, identity)))
          .catch((error: unknown) => fault(error, identity));
      } catch (error) {
        return fault(error, identity);
      }
    },
    async subscribe(request, identity, shared) {
      try {
        const found = find(request);
        if ('errors' in found) return answer(found, identity);
        if (found.kind !== OperationTypeNode.SUBSCRIPTION) return answer(noSuchOperation, identity);
        const variableValues = request.variables ?? {};
        const given = { variableValues, contextValue: subgraph.createContext(identity) };
        const source = await createSourceEventStream(argsOf(request, found, given));
        if (!isStream(source)) return answer(source, identity);
        const read = async (rootValue: unknown, as: Identity) => {
          const contextValue = subgraph.createContext(as);
          return answer(await runOnce(request, found, { variableValues, rootValue, contextValue }), as);
        };
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
