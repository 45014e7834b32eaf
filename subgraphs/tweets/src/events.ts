import { eventType, makeEvent, type NewEvent } from '@starling/platform/event-log';
import { z } from 'zod';

const TWEET_TOPIC = 'tweets.tweet';
const LIKE_TOPIC = 'tweets.like';
const BOOKMARK_TOPIC = 'tweets.bookmark';
const PIN_TOPIC = 'tweets.pin';
const POPULAR_TOPIC = 'tweets.popular';
const RECOUNT_TOPIC = 'tweets.recount';
const MODERATION_TOPIC = 'tweets.moderation';

const id = z.string();
const engagement = z.object({ tweetId: id, authorId: id, userId: id });
const retweet = z.object({ retweetId: id, tweetId: id, authorId: id, retweeterId: id });
const pin = z.object({ userId: id, tweetId: id });

export const tweetPosted = eventType(
  TWEET_TOPIC,
  'tweet.posted.v1',
  z.object({
    tweetId: id,
    authorId: id,
    conversationId: id,
    replyToTweetId: id.nullable(),
    replyToAuthorId: id.nullable(),
    quotedTweetId: id.nullable(),
    mentionedUserIds: z.array(id),
    hasMedia: z.boolean(),
    // What was posted before there were words comes without; `tweet.words-found.v1` tells them later.
    words: z.string().default(''),
  }),
);
/** The words of a tweet whose posting told none. */
export const tweetWordsFound = eventType(
  TWEET_TOPIC,
  'tweet.words-found.v1',
  z.object({ tweetId: id, quotedTweetId: id.nullable(), words: z.string() }),
);
export const tweetDeleted = eventType(
  TWEET_TOPIC,
  'tweet.deleted.v1',
  z.object({ tweetId: id, authorId: id, replyToTweetId: id.nullable(), quotedTweetId: id.nullable() }),
);
/** Its counts were wrong, and are right now: whoever remembers them forgets them. */
export const tweetCountsCorrected = eventType(TWEET_TOPIC, 'tweet.counts-corrected.v1', z.object({ tweetId: id }));
export const tweetRetweeted = eventType(TWEET_TOPIC, 'tweet.retweeted.v1', retweet);
export const tweetRetweetUndone = eventType(TWEET_TOPIC, 'tweet.retweet-undone.v1', retweet);
export const tweetLiked = eventType(LIKE_TOPIC, 'tweet.liked.v1', engagement);
export const tweetUnliked = eventType(LIKE_TOPIC, 'tweet.unliked.v1', engagement);
export const tweetBookmarked = eventType(BOOKMARK_TOPIC, 'tweet.bookmarked.v1', engagement);
export const tweetBookmarkRemoved = eventType(BOOKMARK_TOPIC, 'tweet.bookmark-removed.v1', engagement);
/** Replaces what the account had pinned before. */
export const tweetPinned = eventType(PIN_TOPIC, 'tweet.pinned.v1', pin);
export const tweetUnpinned = eventType(PIN_TOPIC, 'tweet.unpinned.v1', pin);
/** What is popular of the last day, best first. */
export const popularTweetsRanked = eventType(
  POPULAR_TOPIC,
  'popular-tweets.ranked.v1',
  z.object({ tweetIds: z.array(id) }),
);
/** All counts are made anew: whoever remembers any forgets them, and reads none that was made before. */
export const countsVoided = eventType(RECOUNT_TOPIC, 'counts.voided.v1', z.object({}));
/** A moderator has let a tweet out that was held; `tweetId` is what it was posted as. Who decided is nobody else's business. */
export const heldTweetReleased = eventType(
  MODERATION_TOPIC,
  'held-tweet.released.v1',
  z.object({ heldTweetId: id, authorId: id, tweetId: id }),
);
/** A moderator has decided that what was held is never posted. */
export const heldTweetDiscarded = eventType(
  MODERATION_TOPIC,
  'held-tweet.discarded.v1',
  z.object({ heldTweetId: id, authorId: id }),
);

export type TweetPosted = z.infer<typeof tweetPosted.payload>;
export type TweetDeleted = z.infer<typeof tweetDeleted.payload>;
export type Retweet = z.infer<typeof retweet>;
export type Engagement = z.infer<typeof engagement>;

export const posted = (tweet: TweetPosted): NewEvent => makeEvent(tweetPosted, tweet.tweetId, tweet);
export const wordsFound = (found: z.infer<typeof tweetWordsFound.payload>): NewEvent =>
  makeEvent(tweetWordsFound, found.tweetId, found);
export const countsCorrected = (tweetId: string): NewEvent => makeEvent(tweetCountsCorrected, tweetId, { tweetId });
export const deleted = (tweet: TweetDeleted): NewEvent => makeEvent(tweetDeleted, tweet.tweetId, tweet);
export const retweeted = (retweet: Retweet): NewEvent => makeEvent(tweetRetweeted, retweet.tweetId, retweet);
export const retweetUndone = (retweet: Retweet): NewEvent => makeEvent(tweetRetweetUndone, retweet.tweetId, retweet);
export const liked = (like: Engagement): NewEvent => makeEvent(tweetLiked, like.tweetId, like);
export const unliked = (like: Engagement): NewEvent => makeEvent(tweetUnliked, like.tweetId, like);
export const bookmarked = (mark: Engagement): NewEvent => makeEvent(tweetBookmarked, mark.tweetId, mark);
export const bookmarkRemoved = (mark: Engagement): NewEvent => makeEvent(tweetBookmarkRemoved, mark.tweetId, mark);
export const pinned = (userId: string, tweetId: string): NewEvent =>
  makeEvent(tweetPinned, userId, { userId, tweetId });
export const unpinned = (userId: string, tweetId: string): NewEvent =>
  makeEvent(tweetUnpinned, userId, { userId, tweetId });
export const popularRanked = (tweetIds: string[]): NewEvent => makeEvent(popularTweetsRanked, 'all', { tweetIds });
export const voided = (): NewEvent => makeEvent(countsVoided, 'all', {});
export const released = (held: z.infer<typeof heldTweetReleased.payload>): NewEvent =>
  makeEvent(heldTweetReleased, held.authorId, held);
export const discarded = (held: z.infer<typeof heldTweetDiscarded.payload>): NewEvent =>
  makeEvent(heldTweetDiscarded, held.authorId, held);
