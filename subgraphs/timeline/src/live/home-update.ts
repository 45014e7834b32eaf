import { encodeCursor } from '@starling/platform/pagination';
import type { HomeChange } from '../changes/readers.ts';
import { retweeterOf, tweetOf } from '../entry.ts';
import type { StreamGapReason } from '../generated/types.ts';

/** What a subscriber gets, as GraphQL sees it. */
export type HomeUpdate =
  | {
      readonly __typename: 'TweetAdded';
      readonly cursor: string;
      readonly tweet: ReturnType<typeof tweetOf>;
      readonly retweetedBy: ReturnType<typeof retweeterOf>;
    }
  | { readonly __typename: 'TweetRemoved'; readonly cursor: string; readonly tweetId: string }
  | { readonly __typename: 'StreamGap'; readonly cursor: string; readonly reason: StreamGapReason };

/** The stream that a cursor belongs to. Its positions are numbers of changes. */
export function streamOf(viewerId: string): string {
  return `home-stream:${viewerId}`;
}

export function isStreamPosition(parts: readonly string[]): boolean {
  return parts.length === 1 && /^(0|[1-9][0-9]{0,18})$/.test(parts[0] ?? '');
}

export function updateFor(viewerId: string, change: HomeChange): HomeUpdate {
  const cursor = encodeCursor(streamOf(viewerId), change.change);
  return change.removed
    ? { __typename: 'TweetRemoved', cursor, tweetId: change.tweetId }
    : { __typename: 'TweetAdded', cursor, tweet: tweetOf(change), retweetedBy: retweeterOf(change) };
}

export function gap(viewerId: string, position: string, reason: StreamGapReason): HomeUpdate {
  return { __typename: 'StreamGap', cursor: encodeCursor(streamOf(viewerId), position), reason };
}
