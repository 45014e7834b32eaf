import type { GraphQLError } from 'graphql';
import type { CompiledOperation } from './compile-operation.ts';

/** One execution of a compiled operation. */
export interface Run {
  readonly operation: CompiledOperation;
  readonly context: unknown;
  readonly rootValue: unknown;
  readonly variables: { [name: string]: unknown };
  readonly errors: GraphQLError[];
  /** The arguments of each field, once it has been executed: the same for all objects of a list. */
  readonly args: (Readonly<Record<string, unknown>> | undefined)[];
  /** Promises that are waited for, and one for whoever has yet to begin something. */
  pending: number;
  /** Called when nothing is waited for any more. */
  finish: () => void;
}

export function begin(run: Run): void {
  run.pending++;
}

export function done(run: Run): void {
  if (--run.pending === 0) run.finish();
}
