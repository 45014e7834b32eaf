import type { FetchNode } from '@apollo/query-planner';
import { after, type Ending, type Soon } from '@starling/platform/batching';
import { thisMoment } from '@starling/platform/event-log';
import type { Identity } from '@starling/platform/identity';
import { endingFlow, type Flow, mapFlow } from '@starling/platform/live';
import type { SubgraphRequest } from '@starling/platform/subgraph-server';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  getOperationAST,
  type OperationDefinitionNode,
  OperationTypeNode,
} from 'graphql';
import type { Logger } from 'pino';
import { answerSizes } from '../protection/answer-size.ts';
import { apolloExecution } from './apollo-execution.ts';
import type { CompiledOperation, RunOptions, WrittenResult } from './compiled/compiled-operation.ts';
import type { Ask } from './compiled/run.ts';
import { byteText } from './compiled/shape/byte-text.ts';
import type { UncoveredReason } from './compiled/uncovered.ts';
import { type PlannedOperation, plannedOperations } from './planned-operations.ts';
import { RequestLife } from './request-life.ts';
import { type Place, resumableFetch, type Taken } from './resumable-fetch.ts';
import { resumableStream } from './resumable-stream.ts';
import { type EventText, type SharedGroup, sharedEvents } from './shared/shared-events.ts';
import { type Patience, type SubgraphSource, unavailable } from './subgraph-source.ts';
import type { Supergraph } from './supergraph.ts';
import { variableErrors } from './variable-errors.ts';

/** An operation that has been validated against the clients' schema. */
export interface Operation {
  readonly document: DocumentNode;
  readonly operationName?: string | null | undefined;
  readonly variables?: Readonly<Record<string, unknown>> | null | undefined;
}

/** One fetch of a plan, once it is answered. */
export interface FetchReport {
  readonly subgraph: string;
  readonly request: SubgraphRequest;
  readonly seconds: number;
  readonly failed: boolean;
}

export interface ExecutorOptions {
  readonly supergraph: Supergraph;
  readonly sources: readonly SubgraphSource[];
  readonly logger: Logger;
  /** Documents whose plans no others push out. */
  readonly keptDocuments?: readonly DocumentNode[];
  readonly onFetch?: (report: FetchReport) => void;
  /** Objects that an answer may hold, by the sizes of the pages that are asked for. Default: any number. */
  readonly maxObjects?: number;
  /** The longest that a query, or what is added to an event, is waited for. Default 20,000 ms. */
  readonly requestDeadlineMs?: number;
  /** How long a stream that can be resumed waits for its subgraph. Default 30,000 ms. */
  readonly resumePatienceMs?: number;
  /** Told of every execution that is not the compiled one's. */
  readonly onUncovered?: (reason: UncoveredReason) => void;
}

/** Whether an event may still be seen was decided when it left the subgraph: it is decided anew after this time. */
const STALE_AFTER_MS = 1_000;

export interface Executor {
  /** Plans and compiles an operation, or answers what is known of it already. */
  plan(document: DocumentNode, operationName: string | null | undefined): PlannedOperation;
  /** How many texts there are of which a plan is kept. */
  keptPlans(): number;
  /**
   * A query or a mutation: one plan, run. Never rejects; faults are errors of the answer. Once the deadline of a query has
   * passed, or whoever asked is `leaving`, nothing further is asked of subgraphs, and none is waited for: what has not come is
   * unavailable. A mutation is finished for its own sake: half of one is nobody's wish.
   */
  execute(operation: Operation, identity: Identity, leaving?: Ending): Promise<ExecutionResult>;
  /** The same, with the data written as JSON. */
  write(operation: Operation, identity: Identity, leaving?: Ending): Promise<WrittenResult>;
  /**
   * A subscription: its first answer when that is an error, else its events, each with what other subgraphs add; as text
   * where that was made for all who are told the same.
   */
  subscribe(operation: Operation, identity: Identity): Promise<Flow<ExecutionResult | EventText> | ExecutionResult>;
}

function isStream<Event>(value: Flow<Event> | FormattedExecutionResult): value is Flow<Event> {
  return Symbol.asyncIterator in value;
}

/** The variables that one fetch of a plan uses. */
function variablesOf(fetch: FetchNode, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    (fetch.variableUsages ?? []).filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]),
  );
}

function written({ data, errors }: ExecutionResult): WrittenResult {
  return { data: data === undefined ? undefined : byteText(JSON.stringify(data)), ...(errors && { errors }) };
}

type Checked = { readonly named: OperationDefinitionNode } | { readonly errors: readonly GraphQLError[] };

/** Why an operation that is named, or not, is none of the document. */
export function noSuchOperation(name: string | null | undefined): GraphQLError {
  const message = name ? `The document has no operation ${name}.` : 'The document has several operations: name one.';
  return new GraphQLError(message, { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } });
}

/** Plans with Apollo's planner, and runs what the compiler makes of the plans. */
export function createExecutor(options: ExecutorOptions): Executor {
  const {
    supergraph,
    sources,
    logger,
    onFetch,
    onUncovered,
    resumePatienceMs: patienceMs,
    keptDocuments = [],
    maxObjects = Number.POSITIVE_INFINITY,
    requestDeadlineMs = 20_000,
  } = options;
  const { plan, size: keptPlans } = plannedOperations(supergraph, { keptDocuments });
  const apollo = apolloExecution(supergraph, logger);
  const wrongVariables = variableErrors(supergraph.schema);
  const tooLarge = answerSizes(supergraph.schema, maxObjects);
  const shared = sharedEvents(supergraph);
  const bySubgraph = new Map(sources.map((source) => [source.name, source]));

  const ask: Ask = (subgraph, request, { identity, patience }) => {
    const source = bySubgraph.get(subgraph);
    if (!source || patience?.aborted) return unavailable(subgraph);
    const began = performance.now();
    return after(source.execute(request, identity, patience), (answer) => {
      const seconds = (performance.now() - began) / 1_000;
      onFetch?.({ subgraph, request, seconds, failed: answer.errors !== undefined });
      return answer;
    });
  };

  /** Of a run that begins now: what all of its fetches read is no older. */
  const optionsOf = ({ variables }: Operation, identity: Identity, patience: Patience | undefined): RunOptions => ({
    identity: { viewer: identity.viewer, requestId: identity.requestId, asOf: thisMoment() },
    variables: variables ?? {},
    ask,
    patience,
  });

  /** The subgraph's events, from anew wherever they were lost when they are of the kind that can be resumed. */
  async function open(
    source: SubgraphSource,
    primary: FetchNode,
    operation: Operation,
    identity: Identity,
    group: SharedGroup | undefined,
  ): Promise<Flow<Taken> | FormattedExecutionResult> {
    const variables = variablesOf(primary, operation.variables ?? {});
    const fetch = resumableFetch(supergraph.supergraphSchema, primary, variables);
    if (!fetch) {
      const request = { query: primary.operation, operationName: primary.operationName, variables };
      const events = await source.subscribe(request, identity);
      return isStream(events) ? mapFlow(events, (event) => ({ event, cursor: undefined })) : events;
    }
    const openAt = (place: Place) =>
      source.subscribe(fetch.requestAt(place), identity, { staleAfterMs: STALE_AFTER_MS, shared: group?.reading });
    const first = await openAt(fetch.start);
    if (!isStream(first)) return first;
    return resumableStream(first, {
      subgraph: source.name,
      fetch,
      open: openAt,
      ...(patienceMs !== undefined && { patienceMs }),
    });
  }

  /** A fault of planning or executing, in an answer. */
  function fault(error: unknown, { requestId }: Identity): ExecutionResult {
    if (error instanceof GraphQLError) return { errors: [error] };
    logger.error({ err: error, requestId }, 'An operation failed');
    return { errors: [new GraphQLError('Failed.', { extensions: { code: 'INTERNAL_SERVER_ERROR' } })] };
  }

  /** The operation that is asked for, or why it is not run. */
  function check({ document, operationName, variables }: Operation): Checked {
    const named = getOperationAST(document, operationName);
    if (!named) return { errors: [noSuchOperation(operationName)] };
    const errors = wrongVariables(named, variables);
    if (errors.length > 0) return { errors };
    const refusal = tooLarge(document, named, variables);
    return refusal ? { errors: [refusal] } : { named };
  }

  /** Runs a query or a mutation by what was compiled of it, or otherwise, in the same form of answer. */
  async function answer<Answer>(
    operation: Operation,
    identity: Identity,
    leaving: Ending | undefined,
    compiled: (compiled: CompiledOperation, run: RunOptions) => Soon<Answer>,
    otherwise: (result: ExecutionResult) => Answer,
  ): Promise<Answer> {
    const { document, operationName } = operation;
    const checked = check(operation);
    if ('errors' in checked) return otherwise(checked);
    const isQuery = checked.named.operation === OperationTypeNode.QUERY;
    const life = isQuery ? new RequestLife(requestDeadlineMs, leaving) : undefined;
    try {
      const planned = plan(document, operationName);
      const run = optionsOf(operation, identity, life);
      if (planned.compiled) return await compiled(planned.compiled, run);
      if (planned.uncovered) onUncovered?.(planned.uncovered);
      return otherwise(await apollo.execute(planned, operationName, run));
    } catch (error) {
      return otherwise(fault(error, identity));
    } finally {
      life?.end();
    }
  }

  return {
    plan,
    keptPlans,
    execute: (operation, identity, leaving) =>
      answer(
        operation,
        identity,
        leaving,
        ({ execute }, run) => execute(run),
        (result) => result,
      ),
    write: (operation, identity, leaving) =>
      answer(operation, identity, leaving, ({ write }, run) => write(run), written),
    async subscribe(operation, identity) {
      const { document, operationName } = operation;
      const checked = check(operation);
      if ('errors' in checked) return checked;
      try {
        const planned = plan(document, operationName);
        const { node } = planned.plan;
        if (node?.kind !== 'Subscription') throw new Error('This plan is of no subscription.');
        const { primary } = node;
        const source = bySubgraph.get(primary.serviceName);
        if (!source) throw new Error(`There is no subgraph ${primary.serviceName}.`);
        const { compiled } = planned;
        const group = compiled && shared.join(planned, operationName, identity, operation.variables ?? {});
        const stream = await open(source, primary, operation, identity, group).catch((error: unknown) => {
          group?.leave();
          throw error;
        });
        if (!isStream(stream)) {
          group?.leave();
          return { errors: (stream.errors ?? []).map(({ message, ...rest }) => new GraphQLError(message, rest)) };
        }
        const hydrate = async (event: FormattedExecutionResult, as: Identity): Promise<ExecutionResult> => {
          const life = new RequestLife(requestDeadlineMs);
          const run = optionsOf(operation, as, life);
          try {
            if (compiled) return await compiled.onEvent(event, run);
            if (planned.uncovered) onUncovered?.(planned.uncovered);
            return await apollo.onEvent(planned, operationName, event, run);
          } catch (error) {
            return fault(error, as);
          } finally {
            life.end();
          }
        };
        if (group) {
          const prepare = (taken: Taken) => group.textOf(taken, hydrate);
          stream.prepareBy?.({ group: group.reading.group, prepare });
        }
        const events = mapFlow(stream, (taken): Soon<ExecutionResult | EventText> => {
          if (!group) return hydrate(taken.event, identity);
          // The event may be everybody's: this one's own is a copy.
          return after(
            group.textOf(taken, hydrate),
            (text): Soon<ExecutionResult | EventText> => text ?? hydrate(structuredClone(taken.event), identity),
          );
        });
        return group ? endingFlow(events, () => group.leave()) : events;
      } catch (error) {
        return fault(error, identity);
      }
    },
  };
}
