import type { NotificationResolvers } from '../generated/types.ts';

/** Nothing to resolve: `nodeId` is in the reference, and everything else is its owner's to answer. */
export const Notification: NotificationResolvers = {};
