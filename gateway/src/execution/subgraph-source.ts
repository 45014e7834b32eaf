import type { Subgraph } from '@starling/platform/graphql';
import type { Identity } from '@starling/platform/identity';
import {
  createSubgraphRunner,
  type SharedReading,
  type SubgraphRequest,
  type SubgraphStream,
} from '@starling/platform/subgraph-server';
import type { FormattedExecutionResult } from 'graphql';
import type { Logger } from 'pino';

/** How long somebody waits for an answer. */
export interface Patience {
  /** Aborted when nobody waits any more. */
  readonly signal: AbortSignal;
  /** When that will be at the latest, by `performance.now()`. */
  readonly deadlineAt: number;
  /** Called when nobody waits any more, unless taken out before: much cheaper than to listen to the signal. */
  readonly atEnd: Set<() => void>;
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
  execute(request: SubgraphRequest, identity: Identity, patience?: Patience): Promise<FormattedExecutionResult>;
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
export function inProcessSource(subgraph: Subgraph, logger: Logger): SubgraphSource {
  const { execute, subscribe } = createSubgraphRunner(subgraph, logger);
  return {
    name: subgraph.name,
    execute(request, identity, patience) {
      if (!patience) return execute(request, identity);
      const { signal, atEnd } = patience;
      return new Promise((resolve) => {
        const onAbort = () => resolve(unavailable(subgraph.name));
        if (signal.aborted) return onAbort();
        atEnd.add(onAbort);
        void execute(request, identity, signal).then((answer) => {
          atEnd.delete(onAbort);
          resolve(answer);
        });
      });
    },
    // Nothing waits on the way: the subgraph itself is read.
    subscribe: (request, identity, options) => subscribe(request, identity, options?.shared),
    close: async () => {},
  };
}
