import { requireViewer } from '@starling/platform/graphql';
import type { SubscriptionResolvers } from './../../generated/types.ts';

export const notificationAdded: NonNullable<SubscriptionResolvers['notificationAdded']> = {
  subscribe: (_parent, args, context) => context.live.watch(requireViewer(context).userId, args),
};
