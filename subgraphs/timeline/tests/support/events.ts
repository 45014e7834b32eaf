import { randomUUID } from 'node:crypto';
import type { NewEvent } from '@starling/platform/event-log';
import { phraseOf, wordsOf } from '@starling/visibility';

export interface Tweet {
  readonly id: string;
  readonly authorId: string;
}

export interface Retweet extends Tweet {
  readonly retweetId: string;
  readonly retweeterId: string;
}

export interface PostOptions {
  readonly replyTo?: Tweet;
  readonly media?: boolean;
  readonly text?: string;
  readonly quoting?: Tweet;
  /** As it was told when nobody asked for words. */
  readonly wordless?: boolean;
  /** A place in time other than "later than all before": milliseconds after the epoch. */
  readonly at?: number;
}

function event(topic: string, name: string, key: string, payload: object): NewEvent {
  return { id: randomUUID(), topic, name, key, payload };
}

const keywordId = (phrase: string) => BigInt(`0x${Buffer.from(phrase).toString('hex').slice(0, 15)}`).toString();

/** What the other rooms would publish. */
export const events = {
  posted: (
    { id, authorId }: Tweet,
    { replyTo, media = false, text = '', quoting, wordless = false }: PostOptions = {},
  ) =>
    event('tweets.tweet', 'tweet.posted.v1', id, {
      tweetId: id,
      authorId,
      conversationId: replyTo?.id ?? id,
      replyToTweetId: replyTo?.id ?? null,
      replyToAuthorId: replyTo?.authorId ?? null,
      quotedTweetId: quoting?.id ?? null,
      mentionedUserIds: [],
      hasMedia: media,
      ...(!wordless && { words: wordsOf(text) }),
    }),
  wordsFound: ({ id }: Tweet, { text = '', quoting }: PostOptions) =>
    event('tweets.tweet', 'tweet.words-found.v1', id, {
      tweetId: id,
      quotedTweetId: quoting?.id ?? null,
      words: wordsOf(text),
    }),
  deleted: ({ id, authorId }: Tweet) =>
    event('tweets.tweet', 'tweet.deleted.v1', id, {
      tweetId: id,
      authorId,
      replyToTweetId: null,
      quotedTweetId: null,
    }),
  retweeted: ({ retweetId, retweeterId, id, authorId }: Retweet) =>
    event('tweets.tweet', 'tweet.retweeted.v1', id, { retweetId, tweetId: id, authorId, retweeterId }),
  retweetUndone: ({ retweetId, retweeterId, id, authorId }: Retweet) =>
    event('tweets.tweet', 'tweet.retweet-undone.v1', id, { retweetId, tweetId: id, authorId, retweeterId }),
  /** What is popular, best first. */
  ranked: (tweetIds: readonly string[]) => event('tweets.popular', 'popular-tweets.ranked.v1', 'all', { tweetIds }),
  pinned: (userId: string, tweetId: string) => event('tweets.pin', 'tweet.pinned.v1', userId, { userId, tweetId }),
  unpinned: (userId: string, tweetId: string) => event('tweets.pin', 'tweet.unpinned.v1', userId, { userId, tweetId }),
  /** Without `isProtected`, or with true: the account is for its followers alone from now on. */
  profileChanged: (userId: string, isProtected = true) =>
    event('users.account', 'account.profile-changed.v1', userId, { userId, isProtected }),
  followed: (followerId: string, followeeId: string) =>
    event('social-graph.follow', 'user.followed.v1', followerId, { followerId, followeeId }),
  unfollowed: (followerId: string, followeeId: string) =>
    event('social-graph.follow', 'user.unfollowed.v1', followerId, { followerId, followeeId }),
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
      mutedKeywordId: keywordId(phrase),
      words: phraseOf(phrase),
      until: until?.toISOString() ?? null,
    }),
  keywordUnmuted: (muterId: string, phrase: string) =>
    event('social-graph.keyword', 'keyword.unmuted.v1', muterId, { muterId, mutedKeywordId: keywordId(phrase) }),
  listMemberAdded: (listId: string, userId: string) =>
    event('social-graph.list', 'list.member-added.v1', listId, { listId, userId }),
  listMemberRemoved: (listId: string, userId: string) =>
    event('social-graph.list', 'list.member-removed.v1', listId, { listId, userId }),
  listDeleted: (listId: string) => event('social-graph.list', 'list.deleted.v1', listId, { listId }),
};
