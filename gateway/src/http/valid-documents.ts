import { type DocumentNode, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { DOCUMENT_LIMITS, documentLimits } from '../protection/document-limits.ts';

const KEPT_TEXTS = 1_000;
/** A parsed document takes many times the memory of its text. */
const KEPT_CHARACTERS = 2_000_000;

/** The document of a text, or undefined for a text that is none of this schema: why is for others to say. */
export type ValidDocuments = (text: string) => DocumentNode | undefined;

/**
 * Parses and validates a text once, by the rules by which Apollo Server does. Nothing waits in between, so that of a
 * thousand who send a new text at once the first does the work. What is no good is remembered as well, until other texts
 * push it out.
 */
export function validDocuments(schema: GraphQLSchema, keptTexts = KEPT_TEXTS) {
  const known = new LRUCache<string, { readonly document: DocumentNode | undefined }>({
    max: keptTexts,
    maxSize: KEPT_CHARACTERS,
    sizeCalculation: (_known, text) => text.length + 1,
  });

  function read(text: string): DocumentNode | undefined {
    try {
      const document = parse(text, { maxTokens: DOCUMENT_LIMITS.tokens });
      return validate(schema, document, [...specifiedRules, documentLimits]).length === 0 ? document : undefined;
    } catch {
      // No GraphQL, or too deeply nested to be read: Apollo Server, which reads it next, says so.
      return undefined;
    }
  }

  const documentOf: ValidDocuments = (text) => {
    const found = known.get(text);
    if (found) return found.document;
    const document = read(text);
    known.set(text, { document });
    return document;
  };
  return { documentOf, size: () => known.size };
}
