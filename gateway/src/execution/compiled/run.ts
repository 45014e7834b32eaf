import type { Soon } from '@starling/platform/batching';
import type { Identity } from '@starling/platform/identity';
import { type Dictionary, isDictionary } from '@starling/platform/subgraph-server';
import type { FormattedExecutionResult, GraphQLError } from 'graphql';
import type { Patience } from '../subgraph-source.ts';
import type { Absences } from './absences.ts';

export { type Dictionary, isDictionary };

export type Variables = Readonly<Record<string, unknown>>;

/** One fetch of a plan, ready to be sent. */
export interface FetchRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables: Dictionary;
}

/** Asks a subgraph. Never rejects: what fails is an error of the answer. */
export type Ask = (subgraph: string, request: FetchRequest, run: Run) => Soon<FormattedExecutionResult>;

/** What one execution of a plan has gathered. */
export interface Run {
  readonly identity: Identity;
  readonly variables: Variables;
  readonly ask: Ask;
  /** How long the answer is waited for; absent where that does not matter. */
  readonly patience: Patience | undefined;
  /** All answers, merged; only what the client asked for leaves it. */
  readonly data: Dictionary;
  readonly errors: GraphQLError[];
  readonly absences: Absences;
}

/** A compiled part of a plan; answers a promise only when there is something to wait for. */
export type Step = (run: Run) => Soon<void>;
