import type { PageRequest } from '@starling/platform/pagination';
import type { TweetCounts } from './src/count-store.ts';
import type { HeldTweet } from './src/held-tweet-store.ts';
import type { TweetAddedUpdate, TweetCountsChangedUpdate } from './src/live/stream-updates.ts';
import type { Mention } from './src/text/entities.ts';
import type { Tweet } from './src/tweet-store.ts';

/** A tweet that the viewer may see; in an update of its counts, with these. */
export type TweetMapper = Tweet & { readonly counts?: TweetCounts };
/** The tweet is looked up as the update is delivered. */
export type TweetCountsChangedMapper = TweetCountsChangedUpdate;
export type TweetAddedMapper = TweetAddedUpdate;
/** Of the tweet that it is about. */
export type TweetViewerMapper = Tweet;
export type MentionEntityMapper = Mention;
export type HeldTweetMapper = HeldTweet;

/** An account is its id here: whatever else there is to know about it belongs to others. */
export interface UserMapper {
  readonly id: string;
}

export interface ConversationMapper {
  readonly focus: Tweet;
  /** The page of what answers the focus. */
  readonly answers: PageRequest<string[]>;
}
