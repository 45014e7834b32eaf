import { forEverybody } from '@starling/platform/live';
import { decodeCursor, encodeCursor } from '@starling/platform/pagination';
import type { TweetCounts } from '../count-store.ts';
import type { TweetUpdates } from './stream-updates.ts';

/** How a tweet stands, as its watchers are told. */
export interface TweetState {
  /** The same for the same counts: the state itself is a stream's position, so that nothing of it has to be kept. */
  readonly position: string;
  readonly value: TweetUpdates;
}

/** Cursors are the same for everybody. */
const streamOf = (tweetId: string) => `tweet-stream:${tweetId}`;

const GONE = ['gone'];

/** The counts, or that the tweet is not there. */
function isPosition(parts: readonly string[]): boolean {
  if (parts.length === 1) return parts[0] === GONE[0];
  return parts.length === 5 && parts.every((part) => /^-?\d{1,10}$/.test(part));
}

export function positionAfter(tweetId: string, cursor: string): string {
  return decodeCursor(streamOf(tweetId), 'after', cursor, isPosition).join();
}

export function stateOf(counts: TweetCounts): TweetState {
  const { tweetId, likes, retweets, replies, quotes, bookmarks } = counts;
  const position = [likes, retweets, replies, quotes, bookmarks].map(String);
  const cursor = encodeCursor(streamOf(tweetId), ...position);
  return {
    position: position.join(),
    value: forEverybody({ tweetUpdates: { __typename: 'TweetCountsChanged' as const, cursor, counts } }),
  };
}

export function goneState(tweetId: string): TweetState {
  const cursor = encodeCursor(streamOf(tweetId), ...GONE);
  return { position: GONE.join(), value: { tweetUpdates: { __typename: 'TweetRemoved', cursor, tweetId } } };
}
