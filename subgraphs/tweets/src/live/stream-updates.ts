import type { Gap } from '@starling/platform/live';
import type { TweetCounts } from '../count-store.ts';

/** A tweet has come. It is looked up as it is delivered. */
export interface TweetAddedUpdate {
  readonly __typename: 'TweetAdded';
  readonly cursor: string;
  readonly tweetId: string;
}

/** A tweet has gone, or is not there for whoever watches it. */
export interface TweetRemovedUpdate {
  readonly __typename: 'TweetRemoved';
  readonly cursor: string;
  readonly tweetId: string;
}

/** The counts of a tweet are others now. The cursor says what they are. */
export interface TweetCountsChangedUpdate {
  readonly __typename: 'TweetCountsChanged';
  readonly cursor: string;
  readonly counts: TweetCounts;
}

/** The value that the subscription is executed on. */
export interface TweetUpdates {
  readonly tweetUpdates: TweetCountsChangedUpdate | TweetRemovedUpdate;
}

/** The value that the subscription is executed on. */
export interface ConversationUpdates {
  readonly conversationUpdates: TweetAddedUpdate | TweetRemovedUpdate | Gap;
}
