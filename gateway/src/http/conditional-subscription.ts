import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema, parse, validate } from 'graphql';
import { DOCUMENT_LIMITS, noConditionAtSubscriptionRoot } from '../protection/document-limits.ts';

/**
 * The error of a request whose document has a condition at the root of a subscription. It is looked for before Apollo
 * Server validates, because a rule of graphql-js throws on it, which would be answered as a fault of ours. Almost every
 * request is past after a look for two words.
 */
export function conditionalSubscription(schema: GraphQLSchema, request: unknown): GraphQLFormattedError | undefined {
  const query = typeof request === 'object' && request !== null && 'query' in request ? request.query : undefined;
  if (typeof query !== 'string' || !query.includes('subscription') || !/include|skip/.test(query)) return undefined;
  try {
    const document = parse(query, { maxTokens: DOCUMENT_LIMITS.tokens });
    const [error] = validate(schema, document, [noConditionAtSubscriptionRoot]);
    return error && { message: error.message, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } };
  } catch (error) {
    // What does not parse is Apollo Server's to refuse.
    if (error instanceof GraphQLError) return undefined;
    throw error;
  }
}
