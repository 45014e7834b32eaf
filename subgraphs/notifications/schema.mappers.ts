import type { Notification } from './src/list/notification-store.ts';
import type { NotificationAddedUpdate } from './src/live/notification-update.ts';

/** A notification that its recipient may see. */
export type NotificationMapper = Notification;
/** The notification is looked up as it is delivered. */
export type NotificationAddedMapper = NotificationAddedUpdate;
