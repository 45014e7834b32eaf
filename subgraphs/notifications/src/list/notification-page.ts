import { type ConnectionArguments, cutPage, readPage, toConnection } from '@starling/platform/pagination';
import type { Queryable } from '@starling/platform/postgres';
import { listNotifications, type Notification } from './notification-store.ts';

export interface NotificationPageArguments extends ConnectionArguments {
  readonly kinds?: readonly string[] | null | undefined;
}

/** A page of the viewer's notifications, and how many of its kinds are unread. */
export async function notificationPage(
  database: Queryable,
  ready: () => Promise<void>,
  viewerId: string,
  args: NotificationPageArguments,
) {
  const list = `notifications:${viewerId}`;
  const request = readPage(list, args);
  await ready();
  const { unreadCount, notifications } = await listNotifications(database, {
    viewerId,
    direction: request.direction,
    olderThan: request.after?.[0] ?? null,
    newerThan: request.before?.[0] ?? null,
    kinds: args.kinds ?? null,
    limit: request.limit + 1,
  });
  const connection = toConnection(
    list,
    cutPage(request, notifications),
    ({ id }) => [id],
    (node: Notification) => ({ node }),
  );
  return { ...connection, unreadCount };
}
