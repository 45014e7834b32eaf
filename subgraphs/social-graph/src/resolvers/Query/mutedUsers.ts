import { requireViewer } from '@starling/platform/graphql';
import { userConnection } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';

export const mutedUsers: NonNullable<QueryResolvers['mutedUsers']> = async (_parent, args, context) => {
  const { userId } = requireViewer(context);
  return userConnection(`mutedUsers:${userId}`, context.loaders.mutedUsersPage, userId, args);
};
