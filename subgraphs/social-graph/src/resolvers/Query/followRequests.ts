import { requireViewer } from '@starling/platform/graphql';
import { idConnection } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';

export const followRequests: NonNullable<QueryResolvers['followRequests']> = async (_parent, args, context) => {
  const { userId } = requireViewer(context);
  return idConnection(`followRequests:${userId}`, context.loaders.followRequestsPage, userId, args);
};
