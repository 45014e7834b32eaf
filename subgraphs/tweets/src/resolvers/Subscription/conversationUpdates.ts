import { parseId } from '@starling/platform/graphql';
import type { SubscriptionResolvers } from './../../generated/types.ts';

export const conversationUpdates: NonNullable<SubscriptionResolvers['conversationUpdates']> = {
  subscribe: (_parent, { tweetId, ...watch }, { viewer, live }) =>
    live.watchConversation(viewer?.userId ?? null, parseId('tweetId', tweetId), watch),
};
