import type { Ending } from '@starling/platform/batching';
import type { Identity } from '@starling/platform/identity';
import type { SubgraphRequest } from '@starling/platform/subgraph-server';

export interface WireAnswer {
  /** As over HTTP. */
  readonly status: number;
  readonly body: unknown;
  /** The request id under which the subgraph knows the question, where that was asked for several. */
  readonly askedAs?: string;
}

/** What is to be asked on a wire, and whoever waits for the answer. */
export interface Asker {
  readonly request: SubgraphRequest;
  readonly identity: Identity;
  /** The milliseconds that whoever asks will wait. */
  readonly leftMs: number;
  readonly patience: Ending | undefined;
  resolve(answer: WireAnswer): void;
  /** There is none. */
  reject(fault: Error): void;
}

/** What becomes of a question whose asker has left. */
export function nobodyWaits(): Error {
  return new Error('Nobody waits for this any more.');
}
