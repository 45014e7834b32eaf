import { isDictionary } from '@starling/platform/subgraph-server';
import type { FastifyRequest } from 'fastify';

type HttpRequest = Pick<FastifyRequest, 'method' | 'headers' | 'body' | 'url'>;
type Parts = Readonly<Record<string, unknown>>;

/** What a request asks for, when it is of a form about which nothing is doubtful. */
export interface RequestParameters {
  readonly query: string | undefined;
  /** The SHA-256 of the document, in hexadecimal. */
  readonly hash: string | undefined;
  /** Whether the hash came as a document's id, which nobody can register. */
  readonly isId: boolean;
  readonly operationName: string | undefined;
  readonly variables: Parts | undefined;
}

const PARTS = new Set(['query', 'operationName', 'variables', 'extensions', 'documentId']);
const JSON_BODY = /^application\/json(?:; ?charset=utf-8)?$/i;
const HASH = /^[0-9a-f]{64}$/;
const ID = /^sha256:([0-9a-f]{64})$/;

function searchOf(url: string): URLSearchParams {
  const at = url.indexOf('?');
  return new URLSearchParams(at < 0 ? '' : url.slice(at).replace(/#.*$/s, ''));
}

/** The search parameters, those that hold JSON read; undefined when one is there twice, or is not what it should be. */
function searchParts(url: string): Parts | undefined {
  const given = [...searchOf(url)];
  const parts: Record<string, unknown> = Object.create(null);
  for (const [name, value] of given) {
    if (name in parts) return undefined;
    parts[name] = value;
  }
  for (const name of ['variables', 'extensions']) {
    const text = parts[name];
    if (typeof text !== 'string') continue;
    try {
      parts[name] = JSON.parse(text);
    } catch {
      // Apollo Server refuses it.
      return undefined;
    }
    if (!isDictionary(parts[name])) return undefined;
  }
  return parts;
}

/** Undefined when the request came by a way that browsers let pages of other sites use, or in a doubtful form. */
function partsOf({ method, headers, body, url }: HttpRequest): Parts | undefined {
  if (method === 'GET') {
    if (headers['content-type'] !== undefined || !headers['apollo-require-preflight']) return undefined;
    return searchParts(url);
  }
  if (method !== 'POST' || !JSON_BODY.test(headers['content-type'] ?? '')) return undefined;
  return isDictionary(body) ? body : undefined;
}

/** The hash of a persisted query; null without one, undefined when it is not of the form that the protocol wants. */
function persistedHash(extensions: unknown): string | null | undefined {
  if (extensions === null || extensions === undefined) return null;
  if (!isDictionary(extensions)) return undefined;
  const { persistedQuery } = extensions;
  if (persistedQuery === undefined) return null;
  if (!isDictionary(persistedQuery) || persistedQuery.version !== 1) return undefined;
  const { sha256Hash } = persistedQuery;
  return typeof sha256Hash === 'string' && HASH.test(sha256Hash) ? sha256Hash : undefined;
}

/** A request of a common form. Whatever is not certain is undefined here, and Apollo Server's. */
export function requestParameters(request: HttpRequest): RequestParameters | undefined {
  const parts = partsOf(request);
  if (!parts || !Object.keys(parts).every((part) => PARTS.has(part))) return undefined;
  const { query = null, operationName = null, variables = null, extensions, documentId = null } = parts;
  if (query !== null && (typeof query !== 'string' || query === '')) return undefined;
  if (operationName !== null && (typeof operationName !== 'string' || operationName === '')) return undefined;
  if (variables !== null && !isDictionary(variables)) return undefined;
  const hash = persistedHash(extensions);
  if (hash === undefined) return undefined;
  const id = typeof documentId === 'string' ? ID.exec(documentId)?.[1] : undefined;
  if (documentId !== null && (id === undefined || query !== null || hash !== null)) return undefined;
  if (query === null && hash === null && id === undefined) return undefined;
  return {
    query: query ?? undefined,
    hash: hash ?? id,
    isId: id !== undefined,
    operationName: operationName ?? undefined,
    variables: variables ?? undefined,
  };
}

/** What of a document can be seen in a request of whatever form. */
export function namedDocument({ method, body, url }: HttpRequest): { query?: string; hash?: string } {
  // Apollo Server reads a text whatever else there is twice.
  const query = method === 'GET' ? searchOf(url).get('query') : undefined;
  if (query) return { query };
  const parts = method === 'GET' ? searchParts(url) : isDictionary(body) ? body : undefined;
  if (!parts) return {};
  if (typeof parts.query === 'string') return { query: parts.query };
  const hash = persistedHash(parts.extensions);
  return hash ? { hash } : {};
}
