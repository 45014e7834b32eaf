import { requireViewer } from '@starling/platform/graphql';
import { idConnection } from '../../connections.ts';
import type { QueryResolvers } from './../../generated/types.ts';

export const mutedUsers: NonNullable<QueryResolvers['mutedUsers']> = async (_parent, args, context) => {
  const { userId } = requireViewer(context);
  return idConnection(`mutedUsers:${userId}`, context.loaders.mutedUsersPage, userId, args);
};
