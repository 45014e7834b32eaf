import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { FetchNode, PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import type { Identity } from '@starling/platform/identity';
import {
  formattedError,
  mapStream,
  type SubgraphRequest,
  type SubgraphStream,
} from '@starling/platform/subgraph-server';
import {
  type DocumentNode,
  type ExecutionResult,
  type FormattedExecutionResult,
  GraphQLError,
  getOperationAST,
  getVariableValues,
} from 'graphql';
import type { Logger } from 'pino';
import { type QueryPlans, queryPlans } from './query-plans.ts';
import { type Place, resumableFetch } from './resumable-fetch.ts';
import { resumableStream } from './resumable-stream.ts';
import type { SubgraphSource } from './subgraph-source.ts';
import type { Supergraph } from './supergraph.ts';

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
  readonly onFetch?: (report: FetchReport) => void;
  /** How long a stream that can be resumed waits for its subgraph. Default 30,000 ms. */
  readonly resumePatienceMs?: number;
}

/** Whether an event may still be seen was decided when it left the subgraph: it is decided anew after this time. */
const STALE_AFTER_MS = 1_000;

export interface Executor {
  readonly plan: QueryPlans;
  /** A query or a mutation: one plan, run. Rejects never; faults are errors of the answer. */
  execute(operation: Operation, identity: Identity): Promise<ExecutionResult>;
  /** A subscription: its first answer when that is an error, else its events, each with what other subgraphs add. */
  subscribe(
    operation: Operation,
    identity: Identity,
  ): Promise<AsyncGenerator<ExecutionResult, void, undefined> | ExecutionResult>;
}

/** What runs a plan's first step when that step has happened already: an event that arrived. */
const EVENT = '#event';

type Services = Record<string, { process: (options: unknown) => Promise<FormattedExecutionResult> }>;

interface FetchOptions {
  readonly request: {
    readonly query: string;
    readonly variables?: Record<string, unknown>;
    readonly operationName?: string;
  };
  readonly context: { readonly identity: Identity };
}

function isStream(value: SubgraphStream | FormattedExecutionResult): value is SubgraphStream {
  return Symbol.asyncIterator in value;
}

/** The variables that one fetch of a plan uses. */
function variablesOf(fetch: FetchNode, variables: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    (fetch.variableUsages ?? []).filter((name) => variables[name] !== undefined).map((name) => [name, variables[name]]),
  );
}

/** The plan of what is left to do when an event has arrived: take it, then fetch what it refers to. */
function planOnEvent({ primary, rest }: SubscriptionNode): QueryPlan {
  const event: PlanNode = { ...primary, serviceName: EVENT };
  return { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [event, rest] } : event };
}

/** Runs Apollo's plans with Apollo's plan executor on our own sources. */
export function createExecutor(options: ExecutorOptions): Executor {
  const { supergraph, sources, logger, onFetch, resumePatienceMs: patienceMs } = options;
  const plan = queryPlans(supergraph);
  const bySubgraph = new Map(sources.map((source) => [source.name, source]));

  const services: Services = Object.fromEntries(
    sources.map((source) => [
      source.name,
      {
        async process(options: unknown) {
          const { request, context } = options as FetchOptions;
          const began = performance.now();
          const answer = await source.execute(request, context.identity);
          const seconds = (performance.now() - began) / 1_000;
          onFetch?.({ subgraph: source.name, request, seconds, failed: answer.errors !== undefined });
          return answer;
        },
      },
    ]),
  );

  async function run(
    queryPlan: QueryPlan,
    { document, operationName, variables }: Operation,
    identity: Identity,
    available: Services,
  ): Promise<ExecutionResult> {
    const operationContext = buildOperationContext({
      schema: supergraph.schema,
      operationDocument: document,
      ...(operationName && { operationName }),
    });
    const requestContext = { request: { variables: variables ?? {} }, context: { identity }, logger, metrics: {} };
    const { data, errors } = await executeQueryPlan(
      queryPlan,
      available as unknown as ServiceMap,
      requestContext as unknown as Parameters<typeof executeQueryPlan>[2],
      operationContext,
      supergraph.supergraphSchema,
      supergraph.apiSchema,
    );
    return { ...(data !== undefined && { data }), ...(errors && { errors }) };
  }

  /** What is wrong with the given variables, if anything. */
  function variableErrors({ document, operationName, variables }: Operation): readonly GraphQLError[] {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? [];
    const { errors = [] } = getVariableValues(supergraph.schema, definitions, variables ?? {});
    return errors.map((error) => {
      const { message, extensions } = formattedError(error, () => {});
      return new GraphQLError(message, { nodes: error.nodes ?? null, ...(extensions && { extensions }) });
    });
  }

  /** The subgraph's events, from anew wherever they were lost when they are of the kind that can be resumed. */
  async function open(
    source: SubgraphSource,
    primary: FetchNode,
    operation: Operation,
    identity: Identity,
  ): Promise<SubgraphStream | FormattedExecutionResult> {
    const variables = variablesOf(primary, operation.variables ?? {});
    const fetch = resumableFetch(supergraph.supergraphSchema, primary, variables);
    if (!fetch) {
      return source.subscribe({ query: primary.operation, operationName: primary.operationName, variables }, identity);
    }
    const openAt = (place: Place) =>
      source.subscribe(fetch.requestAt(place), identity, { staleAfterMs: STALE_AFTER_MS });
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

  return {
    plan,
    async execute(operation, identity) {
      const errors = variableErrors(operation);
      if (errors.length > 0) return { errors };
      try {
        return await run(plan(operation.document, operation.operationName), operation, identity, services);
      } catch (error) {
        return fault(error, identity);
      }
    },
    async subscribe(operation, identity) {
      const errors = variableErrors(operation);
      if (errors.length > 0) return { errors };
      try {
        const { node } = plan(operation.document, operation.operationName);
        if (node?.kind !== 'Subscription') throw new Error('This plan is of no subscription.');
        const { primary } = node;
        const source = bySubgraph.get(primary.serviceName);
        if (!source) throw new Error(`There is no subgraph ${primary.serviceName}.`);
        const stream = await open(source, primary, operation, identity);
        if (!isStream(stream))
          return { errors: (stream.errors ?? []).map(({ message, ...rest }) => new GraphQLError(message, rest)) };
        const onEvent = planOnEvent(node);
        return mapStream(stream, async (event): Promise<ExecutionResult> => {
          try {
            // What arrived is merged into and rewritten: each run has its own copy of nothing else, so it may be.
            return await run(onEvent, operation, identity, { ...services, [EVENT]: { process: async () => event } });
          } catch (error) {
            return fault(error, identity);
          }
        });
      } catch (error) {
        return fault(error, identity);
      }
    },
  };
}
