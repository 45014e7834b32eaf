import type { Ending } from '@starling/platform/batching';
import type { Identity } from '@starling/platform/identity';
import { type DocumentNode, type GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import { type Documents, hashOf } from '../documents/documents.ts';
import type { WrittenResult } from '../execution/compiled/compiled-operation.ts';
import { type ByteText, byteText } from '../execution/compiled/shape/byte-text.ts';
import type { Executor } from '../execution/executor.ts';
import type { GatewayMetrics } from '../metrics.ts';
import type { PublicError } from '../protection/public-errors.ts';
import type { AnswerForm } from './media-types.ts';
import type { RequestParameters } from './request-parameters.ts';

/** What is to be answered: a query, or the errors of a document that is none. */
export type PlainQuery =
  | {
      readonly document: DocumentNode;
      readonly operationName: string | undefined;
      readonly variables: Readonly<Record<string, unknown>> | undefined;
    }
  | { readonly errors: readonly GraphQLError[] };

export interface PlainAnswer {
  readonly status: number;
  readonly text: ByteText;
}

/** Errors of requests that were well-formed: who asked for JSON by name is told of them in the body alone. */
const OF_THE_DOCUMENT = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'OPERATION_RESOLUTION_FAILURE',
]);

/** The status of an answer without data, when these are the codes of its errors. */
export function statusWithoutData(codes: readonly unknown[], { namesJson }: AnswerForm): number {
  if (codes.includes('INTERNAL_SERVER_ERROR')) return 500;
  return namesJson && codes.every((code) => OF_THE_DOCUMENT.has(String(code))) ? 200 : 400;
}

/** The text of a document that is sent, or named by its hash; undefined when Apollo Server has to say why there is none. */
function textOf({ query, hash }: RequestParameters, documents: Documents): string | undefined {
  if (hash === undefined) return query;
  const known = documents.textOf(hash);
  if (query === undefined || query === known) return known;
  return hashOf(query) === hash ? query : undefined;
}

/** What the request asks for when it is a query, or not even a document; else undefined, and Apollo Server's. */
export function plainQuery(parameters: RequestParameters, documents: Documents): PlainQuery | undefined {
  const { query, hash, operationName, variables } = parameters;
  const text = textOf(parameters, documents);
  if (text === undefined) {
    const { refusalOfHash } = documents;
    return query === undefined && refusalOfHash ? { errors: [refusalOfHash] } : undefined;
  }
  const read = documents.read(text);
  if ('errors' in read) return { errors: read.errors };
  const { document } = read;
  if (getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return undefined;
  if (hash !== undefined && query !== undefined) documents.register(hash, query);
  return { document, operationName, variables };
}

/** As `JSON.stringify` would write it; `data` is written already. */
function written(
  errors: readonly GraphQLError[] | undefined,
  data: ByteText | undefined,
  publicError: PublicError,
): ByteText {
  const shown = errors && `"errors":${byteText(JSON.stringify(errors.map((error) => publicError(error.toJSON()))))}`;
  const parts = [shown, data === undefined ? undefined : `"data":${data}`];
  return `{${parts.filter((part) => part !== undefined).join()}}\n`;
}

export interface PlainAnswerParts {
  readonly executor: Executor;
  readonly metrics: GatewayMetrics;
  readonly publicError: PublicError;
}

/** The answer, byte for byte Apollo Server's. */
export async function answerPlainQuery(
  query: PlainQuery,
  identity: Identity,
  leaving: Ending,
  form: AnswerForm,
  { executor, metrics, publicError }: PlainAnswerParts,
): Promise<PlainAnswer> {
  const began = performance.now();
  const isDocument = 'document' in query;
  const { data, errors }: WrittenResult = isDocument
    ? await executor.write(query, identity, leaving)
    : { data: undefined, errors: query.errors };
  const kind = isDocument ? OperationTypeNode.QUERY : 'none';
  metrics.operation(kind, errors ? 'error' : 'ok', (performance.now() - began) / 1_000);
  const codes = errors?.map(({ extensions }) => extensions.code) ?? [];
  return {
    status: data === undefined ? statusWithoutData(codes, form) : 200,
    text: written(errors, data, publicError),
  };
}
