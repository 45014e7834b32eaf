import { after } from '@starling/platform/batching';
import type { UserResolvers } from './../generated/types.ts';
import { likesOf } from '../likes-of.ts';
import { visibleTweet } from '../visibility/look-up.ts';

export const User: UserResolvers = {
  // Whether there is such an account is for its owner to say.
  __resolveReference: ({ id }) => ({ id }),
  pinnedTweet: ({ id }, _args, { loaders }) =>
    after(loaders.pinByUserId.load(id), (pin) => pin && visibleTweet(loaders, pin.tweetId)),
  tweetCount: ({ id }, _args, { loaders }) => after(loaders.countsByUserId.load(id), (count) => count?.tweets ?? 0),
  likes: ({ id }, args, { loaders }) => likesOf(loaders, id, args),
};
