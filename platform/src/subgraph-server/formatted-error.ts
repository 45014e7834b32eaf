import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql';
import { isOutage } from '../postgres/outage.ts';

/** What of an error's extensions is for clients. */
const PUBLIC_EXTENSIONS = ['code', 'argument', 'retryAfter'] as const;

const INTERNAL = 'INTERNAL_SERVER_ERROR';

const FAULT = { message: 'Something went wrong on our side.', code: INTERNAL };
/** The database is away, or had to give up: whether a change was made, nobody can say yet. */
const OUTAGE = {
  message: 'A part of the service does not answer at the moment. Try again.',
  code: 'SUBGRAPH_UNAVAILABLE',
};

/** The path that graphql-js names when a variable does not have the form that its type wants, such as `input.until`. */
function argumentOf(message: string): string | undefined {
  const variable = /^Variable "\$(\w+)"/.exec(message)?.[1];
  if (variable === undefined) return undefined;
  return new RegExp(` at "(${variable}[^"]*)"; `).exec(message)?.[1] ?? variable;
}

/** The request's own fault, found by graphql-js: a variable or an argument that does not have its type's form. */
function isBadValue(error: GraphQLError): boolean {
  const kind = error.nodes?.[0]?.kind;
  return (
    kind !== undefined && kind !== Kind.FIELD && (!error.originalError || error.originalError instanceof GraphQLError)
  );
}

/**
 * An error as another process or a client may see it: those that carry a code were meant for them; everything else is a
 * fault of ours, told to `report` and answered without a word of what it was, but that it will pass where it will. With
 * `showsFaults` it is answered in its own words.
 */
export function formattedError(
  error: GraphQLError,
  report: (error: GraphQLError) => void,
  showsFaults = false,
): GraphQLFormattedError {
  const at = error.path ? { path: error.path } : {};
  const { code } = error.extensions;
  const meant = !error.originalError || error.originalError instanceof GraphQLError;
  if (meant && typeof code === 'string' && code !== INTERNAL) {
    const extensions = Object.fromEntries(
      PUBLIC_EXTENSIONS.filter((name) => error.extensions[name] !== undefined).map((name) => [
        name,
        error.extensions[name],
      ]),
    );
    const argument = error.extensions.argument ?? (code === 'BAD_USER_INPUT' ? argumentOf(error.message) : undefined);
    return {
      message: error.message,
      ...at,
      extensions: argument === undefined ? extensions : { ...extensions, argument },
    };
  }
  if (code === undefined && isBadValue(error)) {
    const argument = argumentOf(error.message);
    const extensions = { code: 'BAD_USER_INPUT', ...(argument !== undefined && { argument }) };
    return { message: error.message, ...at, extensions };
  }
  report(error);
  const { message, code: told } = isOutage(error.originalError) ? OUTAGE : FAULT;
  return { message: showsFaults ? error.message : message, ...at, extensions: { code: told } };
}
