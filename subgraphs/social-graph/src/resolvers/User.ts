import { userConnection } from '../connections.ts';
import type { UserResolvers } from './../generated/types.ts';

export const User: UserResolvers = {
  // Whether there is such an account is for its owner to say.
  __resolveReference: ({ id }) => ({ id }),
  viewer: ({ id }, _args, { loaders }) => loaders.relationWithUser.load(id),
  followers: ({ id }, args, { loaders }) => userConnection(`followers:${id}`, loaders.followersPage, id, args),
  following: ({ id }, args, { loaders }) => userConnection(`following:${id}`, loaders.followingPage, id, args),
  followersYouKnow: ({ id }, args, { viewer, loaders }) =>
    viewer && userConnection(`followersYouKnow:${id}:${viewer.userId}`, loaders.followersYouKnowPage, id, args),
  followerCount: async ({ id }, _args, { loaders }) => (await loaders.countsByUserId.load(id))?.followers ?? 0,
  followingCount: async ({ id }, _args, { loaders }) => (await loaders.countsByUserId.load(id))?.following ?? 0,
};
