import type { FormattedExecutionResult, GraphQLFormattedError } from 'graphql';
import { isDictionary } from './compiled/run.ts';

function readPath(path: unknown): GraphQLFormattedError['path'] {
  const isPath = Array.isArray(path) && path.every((part) => typeof part === 'string' || typeof part === 'number');
  return isPath ? path : undefined;
}

function readError(error: unknown): GraphQLFormattedError {
  if (!isDictionary(error) || typeof error.message !== 'string') throw new Error('An error without a message.');
  const path = readPath(error.path);
  return {
    message: error.message,
    ...(path && { path }),
    ...(isDictionary(error.extensions) && { extensions: error.extensions }),
  };
}

/** The answer's outline. What is inside `data` is looked at where it is used: the subgraph has checked what it serialised. */
export function readAnswer(status: number, body: unknown): FormattedExecutionResult {
  // 401 is about this gateway's seal, not about the client: nobody is helped by logging in.
  if (status === 401)
    throw new Error('The subgraph does not accept this gateway: IDENTITY_SECRET or the clocks differ.');
  if (!isDictionary(body)) throw new Error(`No GraphQL in an answer with status ${status}.`);
  const { data, errors } = body;
  if (data !== undefined && data !== null && !isDictionary(data)) throw new Error('Data that is no object.');
  if (errors !== undefined && errors !== null && !Array.isArray(errors)) throw new Error('Errors that are no list.');
  if (data === undefined && !errors?.length) {
    throw new Error(`Neither data nor errors in an answer with status ${status}.`);
  }
  return {
    ...(data !== undefined && { data }),
    ...(errors?.length && { errors: errors.map(readError) }),
  };
}
