import { type DocumentNode, GraphQLError, type GraphQLSchema, parse, specifiedRules, validate } from 'graphql';
import { LRUCache } from 'lru-cache';
import { DOCUMENT_LIMITS, documentLimits, noConditionAtSubscriptionRoot } from '../protection/document-limits.ts';

export type LiveDocument = { readonly document: DocumentNode } | { readonly errors: readonly GraphQLError[] };

const KEPT_DOCUMENTS = 1_000;

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, { nodes: nodes ?? null, source, positions, extensions: { code } });
}

/** Documents as they come over WebSocket, parsed and validated as those over HTTP are, kept between subscribers. */
export function liveDocuments(schema: GraphQLSchema): (query: string) => LiveDocument {
  const kept = new LRUCache<string, LiveDocument>({ max: KEPT_DOCUMENTS });

  function prepare(query: string): LiveDocument {
    try {
      const document = parse(query, { maxTokens: DOCUMENT_LIMITS.tokens });
      // First of all: a rule of graphql-js trips over what this one refuses.
      const conditions = validate(schema, document, [noConditionAtSubscriptionRoot]);
      const errors =
        conditions.length > 0 ? conditions : validate(schema, document, [...specifiedRules, documentLimits]);
      if (errors.length === 0) return { document };
      return { errors: errors.map((error) => withCode(error, 'GRAPHQL_VALIDATION_FAILED')) };
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      return { errors: [withCode(error, 'GRAPHQL_PARSE_FAILED')] };
    }
  }

  return (query) => {
    const known = kept.get(query);
    if (known) return known;
    const prepared = prepare(query);
    kept.set(query, prepared);
    return prepared;
  };
}
