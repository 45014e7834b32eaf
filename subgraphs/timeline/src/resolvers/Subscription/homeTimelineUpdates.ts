import { requireViewer } from '@starling/platform/graphql';
import type { SubscriptionResolvers } from './../../generated/types.ts';

export const homeTimelineUpdates: NonNullable<SubscriptionResolvers['homeTimelineUpdates']> = {
  subscribe: (_parent, args, context) => context.liveHomes.watch(requireViewer(context).userId, args),
};
