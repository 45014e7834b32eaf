import { byPrimaryKey, type Freshness, type Loader } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import {
  type Counted,
  getNotificationsByAnnouncements,
  getNotificationsByIds,
  type Notification,
} from './list/notification-store.ts';

export interface Loaders {
  /** The viewer's own that are shown, each with how many are unread in the same moment. */
  readonly notificationById: Loader<(Notification & Counted) | null>;
  /** The same by the number under which it was announced. */
  readonly notificationByAnnouncement: Loader<(Notification & Counted) | null>;
}

export function createLoaders(database: Database, viewerId: string | null, freshness: Freshness): Loaders {
  return {
    notificationById: byPrimaryKey(
      async (ids) => {
        if (viewerId === null) return [];
        await freshness.ready();
        return getNotificationsByIds(database, viewerId, ids);
      },
      ({ id }) => id,
    ),
    notificationByAnnouncement: byPrimaryKey(
      async (announcements) => {
        if (viewerId === null) return [];
        await freshness.ready();
        return getNotificationsByAnnouncements(database, viewerId, announcements);
      },
      ({ announced }) => announced,
    ),
  };
}
