import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';
import type { Logger } from 'pino';
import { type AccessTokens, InvalidToken, type VerifiedToken } from './access-tokens.ts';

function refused(): GraphQLError {
  const headers = new HeaderMap([['www-authenticate', 'Bearer error="invalid_token"']]);
  return new GraphQLError('The access token is malformed, expired or revoked.', {
    extensions: { code: 'UNAUTHENTICATED', http: { status: 401, headers } },
  });
}

function noKeys(): GraphQLError {
  return new GraphQLError('Access tokens cannot be verified at the moment.', {
    extensions: { code: 'SUBGRAPH_UNAVAILABLE', http: { status: 503 } },
  });
}

/** The verified token of a request, null when signed out, or the error with which the request is refused. */
export async function authenticate(
  tokens: AccessTokens,
  authorization: string | undefined,
  logger: Logger,
): Promise<VerifiedToken | null> {
  try {
    return await tokens.verify(authorization);
  } catch (error) {
    if (error instanceof InvalidToken) throw refused();
    logger.error({ err: error }, 'Tokens cannot be verified');
    throw noKeys();
  }
}
