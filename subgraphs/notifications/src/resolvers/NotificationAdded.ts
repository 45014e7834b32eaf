import type { NotificationAddedResolvers } from './../generated/types.ts';
import { countUnread } from '../list/notification-store.ts';

export const NotificationAdded: NotificationAddedResolvers = {
  notification: ({ notificationId }, _args, { loaders }) => loaders.notificationById.load(notificationId),
  unreadCount: async ({ notificationId, viewerId }, _args, { loaders, database }) =>
    (await loaders.notificationById.load(notificationId))?.unreadCount ?? countUnread(database, viewerId),
};
