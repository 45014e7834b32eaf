import { GraphQLError } from 'graphql';
import type { Viewer } from '../identity/identity.ts';

/** A malformed id, cursor, page size or value: `extensions.argument` names it (`input.tweetId`). Nothing has changed. */
export function badUserInput(argument: string, message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'BAD_USER_INPUT', argument } });
}

export function unauthenticated(message = 'Log in first.'): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'UNAUTHENTICATED' } });
}

export function forbidden(message: string): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'FORBIDDEN' } });
}

/** Too much at once. `retryAfter` is in seconds; nothing has changed. */
export function rateLimited(message: string, retryAfter: number): GraphQLError {
  return new GraphQLError(message, { extensions: { code: 'RATE_LIMITED', retryAfter } });
}

/** The viewer, or `UNAUTHENTICATED` when signed out. */
export function requireViewer(context: { readonly viewer: Viewer | null }): Viewer {
  if (!context.viewer) throw unauthenticated();
  return context.viewer;
}
