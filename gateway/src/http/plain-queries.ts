import type { Identity } from '@starling/platform/identity';
import type { FastifyRequest } from 'fastify';
import { type DocumentNode, GraphQLError, getOperationAST, OperationTypeNode } from 'graphql';
import type { Executor } from '../execution/executor.ts';
import type { GatewayMetrics } from '../metrics.ts';
import { publicError } from '../protection/public-errors.ts';
import type { ValidDocuments } from './valid-documents.ts';

export interface PlainQuery {
  readonly document: DocumentNode;
  readonly operationName: string | undefined;
  readonly variables: Readonly<Record<string, unknown>> | undefined;
}

const PARTS = new Set(['query', 'operationName', 'variables']);
const ACCEPTED = new Set([undefined, '*/*', 'application/json']);

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/**
 * A request of the most common form: JSON posted, a query in words, nothing that asks for another treatment. Whatever is
 * not certain is undefined here, and Apollo Server's.
 */
export function plainQuery(
  { method, headers, body }: Pick<FastifyRequest, 'method' | 'headers' | 'body'>,
  documentOf: ValidDocuments,
): PlainQuery | undefined {
  if (method !== 'POST' || headers['content-type'] !== 'application/json' || !ACCEPTED.has(headers.accept)) return;
  if (!isObject(body) || !Object.keys(body).every((part) => PARTS.has(part))) return;
  const { query, operationName = null, variables = null } = body;
  if (typeof query !== 'string' || query === '') return;
  if (operationName !== null && (typeof operationName !== 'string' || operationName === '')) return;
  if (variables !== null && !isObject(variables)) return;
  const document = documentOf(query);
  if (!document || getOperationAST(document, operationName)?.operation !== OperationTypeNode.QUERY) return;
  return { document, operationName: operationName ?? undefined, variables: variables ?? undefined };
}

/** Errors that say nothing of a status or headers, as clients see them; undefined when one of them may. */
function plainErrors(errors: readonly GraphQLError[]) {
  const arePlain = errors.every((error) => error instanceof GraphQLError && error.extensions.http === undefined);
  return arePlain ? errors.map((error) => publicError(error.toJSON())) : undefined;
}

/**
 * The text of the answer, byte for byte Apollo Server's; undefined when there is no data at all, as with variables of
 * other types, and Apollo Server has to say so. It may ask again: a query changes nothing.
 */
export async function answerPlainQuery(
  query: PlainQuery,
  identity: Identity,
  signal: AbortSignal,
  { executor, metrics }: { readonly executor: Executor; readonly metrics: GatewayMetrics },
): Promise<string | undefined> {
  const began = performance.now();
  const { data, errors } = await executor.execute(query, identity, signal);
  if (data === undefined) return undefined;
  const shown = errors && plainErrors(errors);
  if (errors && !shown) return undefined;
  metrics.operation(OperationTypeNode.QUERY, errors ? 'error' : 'ok', (performance.now() - began) / 1_000);
  return `${JSON.stringify({ errors: shown, data })}\n`;
}
