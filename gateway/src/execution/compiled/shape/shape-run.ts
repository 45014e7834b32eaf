import { GraphQLError } from 'graphql';
import type { Variables } from '../run.ts';

/** Told of beyond this, malformed values are only null. */
const MAX_ERRORS = 100;

/** One answer that is being shaped. */
export interface ShapeRun {
  readonly variables: Variables;
  readonly errors: GraphQLError[];
  /** Where the value is that is being shaped. */
  readonly path: (string | number)[];
  /** How many objects so far have a text that does not follow from one thing that everybody gets. */
  mixed: number;
}

/** A subgraph's value is not of its type: it is null, and that is told, since no subgraph has said why. */
export function malformed({ errors, path }: ShapeRun): null {
  if (errors.length < MAX_ERRORS) {
    const error = new GraphQLError('A subgraph answered a value that is not of its type.', {
      path: [...path],
      extensions: { code: 'INTERNAL_SERVER_ERROR' },
    });
    errors.push(error);
  }
  return null;
}
