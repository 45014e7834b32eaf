import { requireViewer } from '@starling/platform/graphql';
import { idConnection } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';

export const blockedUsers: NonNullable<QueryResolvers['blockedUsers']> = async (_parent, args, context) => {
  const { userId } = requireViewer(context);
  return idConnection(`blockedUsers:${userId}`, context.loaders.blockedUsersPage, userId, args);
};
