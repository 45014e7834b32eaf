import { requireViewer } from '@starling/platform/graphql';
import { tweetConnection } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';

export const bookmarks: NonNullable<QueryResolvers['bookmarks']> = (_parent, args, context) => {
  const { userId } = requireViewer(context);
  return tweetConnection(context.loaders, `bookmarks:${userId}`, context.loaders.pages.bookmarks, userId, args);
};
