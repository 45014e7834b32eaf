import { createHash, randomUUID } from 'node:crypto';
import type { NewEvent } from '@starling/platform/event-log';
import { phraseOf, wordsOf } from '@starling/visibility';

export interface Tweet {
  readonly id: string;
  readonly authorId: string;
}

export interface PostOptions {
  readonly replyTo?: Tweet;
  readonly quoting?: Tweet;
  readonly mentioning?: readonly string[];
  readonly text?: string;
}

/** An event and when it occurred, in Unix milliseconds; when not given, as it is committed. */
export interface TestEvent extends NewEvent {
  readonly atMs?: number;
}

function event(topic: string, name: string, key: string, payload: object): TestEvent {
  return { id: randomUUID(), topic, name, key, payload };
}

/** No two people's, and no two phrases of one. */
const keywordId = (muterId: string, phrase: string) =>
  BigInt(`0x${createHash('sha256').update(`${muterId} ${phrase}`).digest('hex').slice(0, 15)}`).toString();
const follow = (topic: string, name: string) => (followerId: string, followeeId: string) =>
  event(`social-graph.${topic}`, `user.${name}.v1`, followerId, { followerId, followeeId });
const like =
  (name: string) =>
  (userId: string, { id: tweetId, authorId }: Tweet) =>
    event('tweets.like', `tweet.${name}.v1`, tweetId, { tweetId, authorId, userId });
const retweet =
  (name: string) =>
  (retweetId: string, retweeterId: string, { id: tweetId, authorId }: Tweet) =>
    event('tweets.tweet', `tweet.${name}.v1`, tweetId, { retweetId, tweetId, authorId, retweeterId });

/** What the other rooms would publish. */
export const events = {
  posted: ({ id, authorId }: Tweet, { replyTo, quoting, mentioning = [], text = '' }: PostOptions = {}) =>
    event('tweets.tweet', 'tweet.posted.v1', id, {
      tweetId: id,
      authorId,
      conversationId: replyTo?.id ?? id,
      replyToTweetId: replyTo?.id ?? null,
      replyToAuthorId: replyTo?.authorId ?? null,
      quotedTweetId: quoting?.id ?? null,
      mentionedUserIds: mentioning,
      hasMedia: false,
      words: wordsOf(text),
    }),
  deleted: ({ id, authorId }: Tweet) =>
    event('tweets.tweet', 'tweet.deleted.v1', id, { tweetId: id, authorId, replyToTweetId: null, quotedTweetId: null }),
  liked: like('liked'),
  unliked: like('unliked'),
  retweeted: retweet('retweeted'),
  retweetUndone: retweet('retweet-undone'),
  followed: follow('follow', 'followed'),
  unfollowed: follow('follow', 'unfollowed'),
  followRequested: follow('follow-request', 'follow-requested'),
  followRequestRemoved: (followerId: string, followeeId: string, reason: string) =>
    event('social-graph.follow-request', 'user.follow-request-removed.v1', followerId, {
      followerId,
      followeeId,
      reason,
    }),
  released: (heldTweetId: string, { id: tweetId, authorId }: Tweet) =>
    event('tweets.moderation', 'held-tweet.released.v1', authorId, { heldTweetId, authorId, tweetId }),
  discarded: (heldTweetId: string, authorId: string) =>
    event('tweets.moderation', 'held-tweet.discarded.v1', authorId, { heldTweetId, authorId }),
  /** That of this id, the only one: see `as`. */
  sessionRevoked: (userId: string) =>
    event('users.session', 'session.revoked.v1', userId, { userId, sessionId: userId, reason: 'LOGGED_OUT' }),
  profileChanged: (userId: string, isProtected: boolean) =>
    event('users.account', 'account.profile-changed.v1', userId, { userId, isProtected }),
  blocked: (blockerId: string, blockedId: string) =>
    event('social-graph.block', 'user.blocked.v1', blockerId, { blockerId, blockedId }),
  unblocked: (blockerId: string, blockedId: string) =>
    event('social-graph.block', 'user.unblocked.v1', blockerId, { blockerId, blockedId }),
  muted: (muterId: string, mutedId: string, onlyRetweets = false, until: Date | null = null) =>
    event('social-graph.mute', 'user.muted.v1', muterId, {
      muterId,
      mutedId,
      until: until?.toISOString() ?? null,
      onlyRetweets,
    }),
  unmuted: (muterId: string, mutedId: string) =>
    event('social-graph.mute', 'user.unmuted.v1', muterId, { muterId, mutedId }),
  /** The phrase is its own keyword: muting it again is the same one. */
  keywordMuted: (muterId: string, phrase: string, until: Date | null = null) =>
    event('social-graph.keyword', 'keyword.muted.v1', muterId, {
      muterId,
      mutedKeywordId: keywordId(muterId, phrase),
      words: phraseOf(phrase),
      until: until?.toISOString() ?? null,
    }),
  keywordUnmuted: (muterId: string, phrase: string) =>
    event('social-graph.keyword', 'keyword.unmuted.v1', muterId, {
      muterId,
      mutedKeywordId: keywordId(muterId, phrase),
    }),
};

/** The event as one that occurred at this time. */
export const at = (atMs: number, event: TestEvent): TestEvent => ({ ...event, atMs });
