import { encodeCursor } from '@starling/platform/pagination';
import type { StreamGapReason } from '../generated/types.ts';
import type { Announcement } from './announcement-store.ts';

/** What a subscriber gets, as GraphQL sees it: the notification itself is looked up as it is delivered. */
export interface NotificationAddedUpdate {
  readonly __typename: 'NotificationAdded';
  readonly cursor: string;
  readonly viewerId: string;
  /** The number of its announcement, which stays the same should it move to another place. */
  readonly announced: string;
}

export interface StreamGapUpdate {
  readonly __typename: 'StreamGap';
  readonly cursor: string;
  readonly reason: StreamGapReason;
}

export type NotificationUpdate = NotificationAddedUpdate | StreamGapUpdate;

/** The stream that a cursor belongs to. Its positions are numbers of announcements. */
export function streamOf(viewerId: string): string {
  return `notification-stream:${viewerId}`;
}

export function isStreamPosition(parts: readonly string[]): boolean {
  return parts.length === 1 && /^(0|[1-9][0-9]{0,18})$/.test(parts[0] ?? '');
}

export function updateFor({ viewerId, announced }: Announcement): NotificationUpdate {
  const cursor = encodeCursor(streamOf(viewerId), announced);
  return { __typename: 'NotificationAdded', cursor, viewerId, announced };
}

export function gap(viewerId: string, position: bigint, reason: StreamGapReason): NotificationUpdate {
  return { __typename: 'StreamGap', cursor: encodeCursor(streamOf(viewerId), position.toString()), reason };
}
