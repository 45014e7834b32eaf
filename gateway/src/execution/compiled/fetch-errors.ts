import type { ResponsePath } from '@apollo/query-planner';
import { type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import type { Places } from './places.ts';
import type { Dictionary } from './run.ts';

/** The code of an error to which the subgraph gave none. */
const NO_CODE = 'DOWNSTREAM_SERVICE_ERROR';

type Path = ReadonlyArray<string | number>;

function downstreamError(
  subgraph: string,
  { message, extensions }: GraphQLFormattedError,
  path: Path | undefined,
): GraphQLError {
  return new GraphQLError(message || `Error while fetching subquery from service "${subgraph}"`, {
    ...(path && { path }),
    // The status and the headers of our answer are not a subgraph's to choose.
    extensions: { code: NO_CODE, ...extensions, http: undefined, serviceName: subgraph },
  });
}

/** The errors of an answer about the operation's own fields. */
export function errorsAt(
  subgraph: string,
  { errors = [] }: FormattedExecutionResult,
  prefix: ResponsePath,
): GraphQLError[] {
  return errors.map((error) => downstreamError(subgraph, error, error.path && [...prefix, ...error.path]));
}

/**
 * The errors of an answer about entities, each at every place that its representation stands for: `placeOf` has the representation
 * of each. What concerns all of them has the path of the list, with `@` where every element is meant.
 */
export function entityErrors(
  subgraph: string,
  { errors = [] }: FormattedExecutionResult,
  places: Places,
  data: Dictionary,
  placeOf: readonly number[],
): GraphQLError[] {
  let located: Map<number, ResponsePath[]> | undefined;
  return errors.flatMap((error) => {
    const [, index, ...within] = error.path ?? [];
    if (typeof index !== 'number') return [downstreamError(subgraph, error, error.path && places.path)];
    located ??= pathsByRepresentation(places.locate(data), placeOf);
    const paths = located.get(index);
    if (!paths) return [downstreamError(subgraph, error, places.path)];
    return paths.map((path) => downstreamError(subgraph, error, [...path, ...within]));
  });
}

function pathsByRepresentation(
  paths: readonly ResponsePath[],
  placeOf: readonly number[],
): Map<number, ResponsePath[]> {
  const located = new Map<number, ResponsePath[]>();
  for (const [at, path] of paths.entries()) {
    const place = placeOf[at] as number;
    const known = located.get(place);
    if (known) known.push(path);
    else located.set(place, [path]);
  }
  return located;
}

/** The error of a subgraph that answered, but not what it was asked. */
export function malformedAnswer(subgraph: string, path: ResponsePath): GraphQLError {
  return new GraphQLError(`A part of the service (${subgraph}) does not answer at the moment.`, {
    path,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: subgraph },
  });
}
