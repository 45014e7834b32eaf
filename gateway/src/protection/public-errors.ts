import type { GraphQLFormattedError } from 'graphql';

const INTERNAL = 'INTERNAL_SERVER_ERROR';

/** Codes whose messages are written for clients; anything else is a fault of ours, and says only that. */
const PUBLIC_CODES = new Set([
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'BAD_USER_INPUT',
  'RATE_LIMITED',
  'COST_LIMIT_EXCEEDED',
  'SUBGRAPH_UNAVAILABLE',
  'SLOW_CLIENT',
  'BAD_REQUEST',
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_FOUND',
  'PERSISTED_QUERY_NOT_SUPPORTED',
  'PERSISTED_QUERY_NOT_IN_LIST',
  'QUERY_NOT_IN_SAFELIST',
]);

const PUBLIC_EXTENSIONS = ['argument', 'retryAfter'] as const;

/** A failed fetch for every entry of a list has the path of the list: `@` stands for "each of them". */
function pathToList(path: readonly (string | number)[]): readonly (string | number)[] {
  const each = path.indexOf('@');
  return each < 0 ? path : path.slice(0, each);
}

/** An error as clients see it: message, place, path, code, and the extensions that the contract names. */
export type PublicError = (error: GraphQLFormattedError) => GraphQLFormattedError;

/** With `showsFaults`, faults of ours are told in their own words: for who develops this. */
export function publicErrors(showsFaults: boolean): PublicError {
  return ({ message, locations, path, extensions = {} }) => {
    const code = typeof extensions.code === 'string' && PUBLIC_CODES.has(extensions.code) ? extensions.code : INTERNAL;
    const isHidden = code === INTERNAL && !showsFaults;
    const more = PUBLIC_EXTENSIONS.filter((name) => extensions[name] !== undefined);
    const shortPath = path && pathToList(path);
    return {
      message: isHidden ? 'Something went wrong on our side.' : message,
      ...(locations && !isHidden && { locations }),
      ...(shortPath && shortPath.length > 0 && { path: shortPath }),
      extensions: { code, ...Object.fromEntries(more.map((name) => [name, extensions[name]])) },
    };
  };
}
