import { after } from '@starling/platform/batching';
import type { TweetCountsChangedResolvers } from './../generated/types.ts';
import { visibleTweet } from '../visibility/look-up.ts';

export const TweetCountsChanged: TweetCountsChangedResolvers = {
  tweet: ({ counts }, _args, { loaders }) =>
    after(visibleTweet(loaders, counts.tweetId), (tweet) => tweet && { ...tweet, counts }),
};
