import type { TweetAddedResolvers } from './../generated/types.ts';
import { visibleTweet } from '../visibility/look-up.ts';

export const TweetAdded: TweetAddedResolvers = {
  tweet: ({ tweetId }, _args, { loaders }) => visibleTweet(loaders, tweetId),
  retweetedBy: () => null,
};
