import { GraphQLError } from 'graphql';
import type { Absences } from '../absences.ts';
import type { Dictionary, Variables } from '../run.ts';
import { type IsTold, toldPlaces } from './told-places.ts';

/** Told of beyond this, malformed values are only null. */
const MAX_ERRORS = 100;

/** One answer that is being shaped. */
export interface ShapeRun {
  readonly variables: Variables;
  readonly errors: GraphQLError[];
  /** Where the value is that is being shaped. */
  readonly path: (string | number)[];
  /** How many values so far were not what they should be, whether an error tells of them or not. */
  faults: number;
  /** What is being shaped, and what is known not to be there. */
  readonly data: Dictionary;
  readonly absences: Absences;
  /** Whether an error tells of a place; made when that is first asked. */
  isTold?: IsTold;
}

function tell({ errors, path }: ShapeRun, message: string): void {
  if (errors.length >= MAX_ERRORS) return;
  errors.push(new GraphQLError(message, { path: [...path], extensions: { code: 'INTERNAL_SERVER_ERROR' } }));
}

/** A subgraph's value is not of its type: it is null, and that is told, since no subgraph has said why. */
export function malformed(run: ShapeRun): null {
  run.faults += 1;
  tell(run, 'A subgraph answered a value that is not of its type.');
  return null;
}

/** Where nothing stands, and something should: that is told, unless an error has told of it, or it is of a thing that does not exist. */
export function nothingHere(run: ShapeRun): void {
  run.faults += 1;
  run.isTold ??= toldPlaces(run.errors);
  if (!run.isTold(run.path) && !run.absences.explain(run.data, run.path)) tell(run, 'No subgraph answered this.');
}
