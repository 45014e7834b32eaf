import { buildOperationContext, executeQueryPlan, type ServiceMap } from '@apollo/gateway';
import type { PlanNode, QueryPlan, SubscriptionNode } from '@apollo/query-planner';
import { ownCopy } from '@starling/platform/subgraph-server';
import type { ExecutionResult, FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';
import { Absences } from './compiled/absences.ts';
import type { RunOptions } from './compiled/compiled-operation.ts';
import type { FetchRequest, Run } from './compiled/run.ts';
import type { PlannedOperation } from './planned-operations.ts';
import { dataForClient, errorForClient } from './response-names.ts';
import type { Supergraph } from './supergraph.ts';

/** What runs a plan's first step when that step has happened already: an event that arrived. */
const EVENT = '#event';

type Services = Record<string, { process: (options: unknown) => Promise<FormattedExecutionResult> }>;

/** Runs plans that are not compiled, on the executor of `@apollo/gateway`. */
export interface ApolloExecution {
  execute(operation: PlannedOperation, name: string | null | undefined, options: RunOptions): Promise<ExecutionResult>;
  onEvent(
    operation: PlannedOperation,
    name: string | null | undefined,
    event: FormattedExecutionResult,
    options: RunOptions,
  ): Promise<ExecutionResult>;
}

/** The plan of what is left to do when an event has arrived: take it, then fetch what it refers to. */
function planOnEvent({ primary, rest }: SubscriptionNode): QueryPlan {
  const event: PlanNode = { ...primary, serviceName: EVENT };
  return { kind: 'QueryPlan', node: rest ? { kind: 'Sequence', nodes: [event, rest] } : event };
}

export function apolloExecution(supergraph: Supergraph, logger: Logger): ApolloExecution {
  const { schema, supergraphSchema, apiSchema, subgraphNames } = supergraph;

  async function run(
    plan: QueryPlan,
    { document, names }: PlannedOperation,
    operationName: string | null | undefined,
    options: RunOptions,
    services: Services,
  ): Promise<ExecutionResult> {
    const operationContext = buildOperationContext({
      schema,
      operationDocument: document,
      ...(operationName && { operationName }),
    });
    const { variables, identity } = options;
    const requestContext = { request: { variables }, context: { identity }, logger, metrics: {} };
    const { data, errors } = await executeQueryPlan(
      plan,
      services as unknown as ServiceMap,
      requestContext as unknown as Parameters<typeof executeQueryPlan>[2],
      operationContext,
      supergraphSchema,
      apiSchema,
    );
    return {
      ...(data !== undefined && { data: dataForClient(data, names) as ExecutionResult['data'] }),
      ...(errors && { errors: errors.map((error) => errorForClient(error, (path) => path, names)) }),
    } as ExecutionResult;
  }

  function servicesFor(options: RunOptions): Services {
    const asked: Run = { ...options, data: {}, errors: [], absences: new Absences() };
    // What arrives is merged into and rewritten, and may be everybody's.
    const process = async (name: string, { request }: { readonly request: FetchRequest }) =>
      ownCopy(await options.ask(name, request, asked));
    return Object.fromEntries(
      subgraphNames.map((name) => [
        name,
        { process: (given: unknown) => process(name, given as { readonly request: FetchRequest }) },
      ]),
    );
  }

  return {
    execute: (operation, name, options) => run(operation.plan, operation, name, options, servicesFor(options)),
    onEvent(operation, name, event, options) {
      const { node } = operation.plan;
      if (node?.kind !== 'Subscription') throw new Error('This plan is of no subscription.');
      const services = { ...servicesFor(options), [EVENT]: { process: async () => ownCopy(event) } };
      return run(planOnEvent(node), operation, name, options, services);
    },
  };
}
