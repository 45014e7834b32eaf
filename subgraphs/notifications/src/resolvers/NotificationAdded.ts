import type { NotificationAddedResolvers } from './../generated/types.ts';
import { countUnread } from '../list/notification-store.ts';

export const NotificationAdded: NotificationAddedResolvers = {
  notification: ({ announced }, _args, { loaders }) => loaders.notificationByAnnouncement.load(announced),
  unreadCount: async ({ announced, viewerId }, _args, { loaders, database }) =>
    (await loaders.notificationByAnnouncement.load(announced))?.unreadCount ?? countUnread(database, viewerId),
};
