import type { Gap } from '@starling/platform/live';
import { encodeCursor } from '@starling/platform/pagination';
import type { HomeChange } from '../changes/readers.ts';
import { retweeterOf, tweetOf } from '../entry.ts';

/** What a subscriber gets, as GraphQL sees it. */
export type HomeUpdate =
  | {
      readonly __typename: 'TweetAdded';
      readonly cursor: string;
      readonly tweet: ReturnType<typeof tweetOf>;
      readonly retweetedBy: ReturnType<typeof retweeterOf>;
    }
  | { readonly __typename: 'TweetRemoved'; readonly cursor: string; readonly tweetId: string }
  | Gap;

/** The stream that a cursor belongs to. Its positions are numbers of changes. */
export function streamOf(viewerId: string): string {
  return `home-stream:${viewerId}`;
}

export function updateFor(viewerId: string, change: HomeChange): HomeUpdate {
  const cursor = encodeCursor(streamOf(viewerId), change.change);
  return change.removed
    ? { __typename: 'TweetRemoved', cursor, tweetId: change.tweetId }
    : { __typename: 'TweetAdded', cursor, tweet: tweetOf(change), retweetedBy: retweeterOf(change) };
}
