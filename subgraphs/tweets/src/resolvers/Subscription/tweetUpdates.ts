import { parseId } from '@starling/platform/graphql';
import type { SubscriptionResolvers } from './../../generated/types.ts';

export const tweetUpdates: NonNullable<SubscriptionResolvers['tweetUpdates']> = {
  subscribe: (_parent, { tweetId, ...watch }, { viewer, live }) =>
    live.watchTweet(viewer?.userId ?? null, parseId('tweetId', tweetId), watch),
};
