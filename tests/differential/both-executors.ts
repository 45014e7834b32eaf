import { deepStrictEqual } from 'node:assert';
import { createExecutor, type SubgraphSource } from '@starling/gateway';
import { type DocumentNode, type ExecutionResult, GraphQLError } from 'graphql';
import pino from 'pino';
import { apolloExecution } from '../../gateway/src/execution/apollo-execution.ts';
import { faultOf, isMalformed, withFault } from './faults.ts';
import type { World } from './made-up-subgraph.ts';
import type { RandomOperation } from './random-operation.ts';
import { sharedParts } from './shared-parts.ts';
import type { MadeUpSupergraph } from './supergraphs/made-up-supergraph.ts';

export interface CaseOptions extends World {
  readonly withFaults: boolean;
  /** Faults are answers that no subgraph should give. */
  readonly malformed: boolean;
}

export interface Answers {
  readonly ours: ExecutionResult;
  /** Undefined when Apollo's executor gave up with an error of its own. */
  readonly stock: ExecutionResult | undefined;
  /** Ours of the same world, where nothing goes wrong. */
  readonly whole: ExecutionResult;
  readonly fetches: number;
  /** Whether a subgraph has given an answer to either that no subgraph should give. */
  readonly malformed: boolean;
}

const SILENT = pino({ level: 'silent' });
const IDENTITY = { viewer: null, requestId: 'differential' };

/** Runs one plan on both executors, over the same made-up world. */
export function bothExecutors({ supergraph, subgraphs }: MadeUpSupergraph) {
  let options: CaseOptions;
  let fetches = 0;
  let malformedAnswers = 0;
  const uncovered: string[] = [];
  const share = sharedParts();
  const sources = [...subgraphs.values()].map(
    (subgraph): SubgraphSource => ({
      name: subgraph.name,
      async execute({ query, variables }) {
        fetches++;
        const { withFaults, malformed, seed } = options;
        const fault = withFaults ? faultOf(seed, subgraph.name, query, malformed) : 'none';
        if (isMalformed(fault)) malformedAnswers++;
        return share(
          await withFault(fault, subgraph.name, seed, () => subgraph.execute(query, { ...variables }, options)),
        );
      },
      subscribe: () => Promise.reject(new Error('no subscriptions here')),
      close: async () => {},
    }),
  );
  const executor = createExecutor({
    supergraph,
    sources,
    logger: SILENT,
    onUncovered: (reason) => uncovered.push(reason),
  });
  const apollo = apolloExecution(supergraph, SILENT);

  async function onApollo(
    document: DocumentNode,
    { variables, operationName }: RandomOperation,
  ): Promise<ExecutionResult | undefined> {
    const planned = executor.plan(document, operationName);
    try {
      return await apollo.execute(planned, operationName, {
        identity: IDENTITY,
        variables,
        patience: undefined,
        ask: async (name, request) =>
          (await sources.find((source) => source.name === name)?.execute(request, IDENTITY)) ?? { data: null },
      });
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] };
      return undefined;
    }
  }

  return {
    /** Reasons why plans were not run by the compiled executor. */
    uncovered,
    planOf: (document: DocumentNode, { operationName }: RandomOperation) => executor.plan(document, operationName),
    async run(document: DocumentNode, operation: RandomOperation, given: CaseOptions): Promise<Answers> {
      options = given;
      fetches = 0;
      malformedAnswers = 0;
      const { variables, operationName } = operation;
      const asked = { document, variables, operationName };
      const ours = await executor.execute(asked, IDENTITY);
      const made = fetches;
      // What is written for clients says the same, when something is written anew and when all is known.
      for (const _time of ['the first', 'the second']) {
        const { data, errors } = await executor.write(asked, IDENTITY);
        const text = data && Buffer.from(data, 'latin1').toString();
        deepStrictEqual([text, JSON.stringify(errors)], [JSON.stringify(ours.data), JSON.stringify(ours.errors)]);
      }
      const stock = await onApollo(document, operation);
      const malformed = malformedAnswers > 0;
      options = { ...given, withErrors: false, withFaults: false };
      const whole = await executor.execute(asked, IDENTITY);
      return { ours, stock, whole, fetches: made, malformed };
    },
  };
}

export type BothExecutors = ReturnType<typeof bothExecutors>;
