import type { Gap } from '@starling/platform/live';
import { encodeCursor } from '@starling/platform/pagination';
import type { Announcement } from './announcement-store.ts';

/** What a subscriber gets, as GraphQL sees it: the notification itself is looked up as it is delivered. */
export interface NotificationAddedUpdate {
  readonly __typename: 'NotificationAdded';
  readonly cursor: string;
  readonly viewerId: string;
  /** The number of its announcement, which stays the same should it move to another place. */
  readonly announced: string;
}

export type NotificationUpdate = NotificationAddedUpdate | Gap;

/** The stream that a cursor belongs to. Its positions are numbers of announcements. */
export function streamOf(viewerId: string): string {
  return `notification-stream:${viewerId}`;
}

export function updateFor({ viewerId, announced }: Announcement): NotificationUpdate {
  const cursor = encodeCursor(streamOf(viewerId), announced);
  return { __typename: 'NotificationAdded', cursor, viewerId, announced };
}
