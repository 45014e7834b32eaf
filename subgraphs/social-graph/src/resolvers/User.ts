import { after } from '@starling/platform/batching';
import { idConnection } from '../connections.ts';
import type { Context } from '../context.ts';
import type { UserResolvers } from './../generated/types.ts';
import { listConnection } from '../lists/list-connection.ts';

const isClosed = (context: Context, id: string) => async () =>
  (await context.loaders.closedAccountById.load(id)) !== null;

export const User: UserResolvers = {
  // Whether there is such an account is for its owner to say.
  __resolveReference: ({ id }) => ({ id }),
  viewer: ({ id }, _args, { loaders }) => loaders.relationWithUser.load(id),
  followers: ({ id }, args, context) =>
    idConnection(`followers:${id}`, context.loaders.followersPage, id, args, isClosed(context, id)),
  following: ({ id }, args, context) =>
    idConnection(`following:${id}`, context.loaders.followingPage, id, args, isClosed(context, id)),
  followersYouKnow({ id }, args, context) {
    const { viewer, loaders } = context;
    if (!viewer) return null;
    const list = `followersYouKnow:${id}:${viewer.userId}`;
    return idConnection(list, loaders.followersYouKnowPage, id, args, isClosed(context, id));
  },
  lists: ({ id }, args, context) => listConnection(context, id, args, isClosed(context, id)),
  followerCount: ({ id }, _args, { loaders }) =>
    after(loaders.countsByUserId.load(id), (counts) => counts?.followers ?? 0),
  followingCount: ({ id }, _args, { loaders }) =>
    after(loaders.countsByUserId.load(id), (counts) => counts?.following ?? 0),
};
