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
 * The errors of an answer about entities, each at every place that its representation stands for. What concerns all of
 * them has the path of the list, with `@` where every element is meant.
 */
export function entityErrors(
  subgraph: string,
  { errors = [] }: FormattedExecutionResult,
  places: Places,
  data: Dictionary,
  entitiesOf: readonly (readonly number[])[],
): GraphQLError[] {
  let located: ResponsePath[] | undefined;
  return errors.flatMap((error) => {
    const [, index, ...within] = error.path ?? [];
    if (typeof index !== 'number') return [downstreamError(subgraph, error, error.path && places.path)];
    const entities = entitiesOf[index];
    if (!entities) return [downstreamError(subgraph, error, places.path)];
    located ??= places.locate(data);
    const paths = located;
    return entities.map((at) => downstreamError(subgraph, error, [...(paths[at] ?? places.path), ...within]));
  });
}

/** The error of a subgraph that answered, but not what it was asked. */
export function malformedAnswer(subgraph: string, path: ResponsePath): GraphQLError {
  return new GraphQLError(`A part of the service (${subgraph}) does not answer at the moment.`, {
    path,
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', serviceName: subgraph },
  });
}
