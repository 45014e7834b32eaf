import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { DOCUMENT_LIMITS, documentLimits, noConditionAtSubscriptionRoot } from '../protection/document-limits.ts';

const KEPT_TEXTS = 1_000;
/** A parsed document takes many times the memory of its text. */
const KEPT_CHARACTERS = 2_000_000;

/** What became of a text: a document of this schema, or why it is none, in errors that carry their codes. */
export type ReadDocument = { readonly document: DocumentNode } | RefusedDocument;

export interface RefusedDocument {
  readonly errors: readonly GraphQLError[];
  /** No rule of graphql-js has seen the document, and none must: one would trip over it, or be busy with it for very long. */
  readonly isKeptFromRules?: true;
}

export type ReadText = (text: string) => ReadDocument;

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, source, positions, extensions: { code } });
}

/** What nests too deeply to be read at all runs out of stack before it is found to be no document. */
function refusalOf(error: unknown): GraphQLError {
  if (error instanceof GraphQLError) return withCode(error, 'GRAPHQL_PARSE_FAILED');
  if (error instanceof RangeError) {
    return new GraphQLError(error.message, { extensions: { code: 'GRAPHQL_PARSE_FAILED' } });
  }
  throw error;
}

/** Parses and validates, by all the rules that hold for documents of clients. */
export function readDocument(schema: GraphQLSchema, text: string): ReadDocument {
  let document: DocumentNode;
  try {
    document = parse(text, { maxTokens: DOCUMENT_LIMITS.tokens });
  } catch (error) {
    return { errors: [refusalOf(error)] };
  }
  const refused = (errors: readonly GraphQLError[]) =>
    errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED'));
  // First of all: a rule of graphql-js trips over a condition, and others compare every two fields of a selection.
  const ours = validate(schema, document, [noConditionAtSubscriptionRoot, documentLimits]);
  if (ours.length > 0) return { errors: refused(ours), isKeptFromRules: true };
  const errors = validate(schema, document, specifiedRules);
  return errors.length > 0 ? { errors: refused(errors) } : { document };
}

/**
 * Reads a text once, for everybody who sends it, over HTTP or WebSocket. Nothing waits in between, so that of a thousand
 * who send a new text at once the first does the work. What is no good is remembered as well, until other texts push it
 * out.
 */
export function readDocuments(read: ReadText, keptTexts = KEPT_TEXTS) {
  const known = new LRUCache<string, ReadDocument>({
    max: keptTexts,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_known, text) => text.length + 1,
  });

  const readOnce: ReadText = (text) => {
    const found = known.get(text);
    if (found) return found;
    const made = read(text);
    known.set(text, made);
    return made;
  };
  return { read: readOnce, size: () => known.size };
}
