import type { Ending, Soon } from '@starling/platform/batching';
import type { Subgraph } from '@starling/platform/graphql';
import type { Identity } from '@starling/platform/identity';
import {
  createSubgraphRunner,
  type SharedReading,
  type SubgraphRequest,
  type SubgraphRunnerOptions,
  type SubgraphStream,
} from '@starling/platform/subgraph-server';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';

/** How long somebody waits for an answer. */
export interface Patience extends Ending {
  /** When that will be at the latest, by `performance.now()`. */
  readonly deadlineAt: number;
}

export interface SubscribeOptions {
  /** Events that have waited longer on the way here are dropped: the reader gets `SLOW_CLIENT`. */
  readonly staleAfterMs?: number;
  /** Others to whom events say the same: a subgraph in this process may answer all of them with one object. */
  readonly shared?: SharedReading | undefined;
}

/** Where a subgraph's operations are run. Nothing here rejects: what fails is an error of the answer, with its code. */
export interface SubgraphSource {
  readonly name: string;
  /** Answers `unavailable` as soon as nobody waits any more. Without `patience` it is waited for, whoever leaves. */
  execute(request: SubgraphRequest, identity: Identity, patience?: Patience): Soon<FormattedExecutionResult>;
  subscribe(
    request: SubgraphRequest,
    identity: Identity,
    options?: SubscribeOptions,
  ): Promise<SubgraphStream | FormattedExecutionResult>;
  close(): Promise<void>;
}

/** The answer of a subgraph that gave none. */
export function unavailable(name: string): FormattedExecutionResult {
  return {
    errors: [
      {
        message: `A part of the service (${name}) does not answer at the moment.`,
        path: [],
        extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
      },
    ],
  };
}

/** A subgraph in this process: called as a function, with the identity as an object. */
export function inProcessSource(subgraph: Subgraph, logger: Logger, options?: SubgraphRunnerOptions): SubgraphSource {
  const { execute, subscribe } = createSubgraphRunner(subgraph, logger, options);
  return {
    name: subgraph.name,
    execute(request, identity, patience) {
      if (patience?.aborted) return unavailable(subgraph.name);
      const answering = execute(request, identity, patience);
      if (!patience || !(answering instanceof Promise)) return answering;
      return new Promise((resolve) => {
        const onAbort = () => resolve(unavailable(subgraph.name));
        patience.addEventListener('abort', onAbort);
        void answering.then((answer) => {
          patience.removeEventListener('abort', onAbort);
          resolve(answer);
        });
      });
    },
    // Nothing waits on the way: the subgraph itself is read.
    subscribe: (request, identity, options) => subscribe(request, identity, options?.shared),
    close: async () => {},
  };
}
