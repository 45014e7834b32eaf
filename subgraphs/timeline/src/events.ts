import { type Event, eventType } from '@starling/platform/event-log';
import { z } from 'zod';

/** What the timeline consumes: of each payload the part that it needs. */
const id = z.string();

const payloads = {
  'account.profile-changed.v1': z.object({ userId: id, isProtected: z.boolean() }),
  'tweet.posted.v1': z.object({
    tweetId: id,
    authorId: id,
    replyToTweetId: id.nullable(),
    replyToAuthorId: id.nullable(),
    quotedTweetId: id.nullable(),
    hasMedia: z.boolean(),
    // Those of an earlier time have none: another event tells them.
    words: z.string().optional(),
  }),
  'tweet.words-found.v1': z.object({ tweetId: id, quotedTweetId: id.nullable(), words: z.string() }),
  'tweet.deleted.v1': z.object({ tweetId: id, authorId: id }),
  'tweet.retweeted.v1': z.object({ retweetId: id, tweetId: id, authorId: id, retweeterId: id }),
  'tweet.retweet-undone.v1': z.object({ retweetId: id, tweetId: id, authorId: id, retweeterId: id }),
  'tweet.pinned.v1': z.object({ userId: id, tweetId: id }),
  'tweet.unpinned.v1': z.object({ userId: id, tweetId: id }),
  'popular-tweets.ranked.v1': z.object({ tweetIds: z.array(id) }),
  'user.followed.v1': z.object({ followerId: id, followeeId: id }),
  'user.unfollowed.v1': z.object({ followerId: id, followeeId: id }),
  'user.blocked.v1': z.object({ blockerId: id, blockedId: id }),
  'user.unblocked.v1': z.object({ blockerId: id, blockedId: id }),
  'user.muted.v1': z.object({ muterId: id, mutedId: id, until: z.string().nullable(), onlyRetweets: z.boolean() }),
  'user.unmuted.v1': z.object({ muterId: id, mutedId: id }),
  'keyword.muted.v1': z.object({ muterId: id, mutedKeywordId: id, words: z.string(), until: z.string().nullable() }),
  'keyword.unmuted.v1': z.object({ muterId: id, mutedKeywordId: id }),
  'list.deleted.v1': z.object({ listId: id }),
  'list.member-added.v1': z.object({ listId: id, userId: id }),
  'list.member-removed.v1': z.object({ listId: id, userId: id }),
} as const;

type Payloads = { readonly [Name in keyof typeof payloads]: z.infer<(typeof payloads)[Name]> };
type Known = { [Name in keyof Payloads]: { readonly name: Name; readonly payload: Payloads[Name] } };

/** An event that the timeline understands, with its payload checked. */
export type KnownEvent<Name extends keyof Payloads = keyof Payloads> = Known[Name];

export const TWEET_TOPIC = 'tweets.tweet';
export const POPULAR_TOPIC = 'tweets.popular';

/** Told whenever authors are pulled from another number of followers on. */
export const PUSH_LIMIT_TOPIC = 'timeline.push-limit';
export const pushLimitChanged = eventType(PUSH_LIMIT_TOPIC, 'push-limit.changed.v1', z.object({ followers: z.int() }));

export const COPIED_TOPICS = [
  TWEET_TOPIC,
  'tweets.pin',
  POPULAR_TOPIC,
  'users.account',
  'social-graph.follow',
  'social-graph.block',
  'social-graph.mute',
  'social-graph.keyword',
  'social-graph.list',
] as const;

/** The event with its payload checked, or undefined for an event of a kind that the timeline has no use for. */
export function understand({ name, payload }: Event): KnownEvent | undefined {
  if (!Object.hasOwn(payloads, name)) return undefined;
  const known = name as keyof Payloads;
  return { name: known, payload: payloads[known].parse(payload) } as KnownEvent;
}

/** The events of these names, in their order. */
export function only<Name extends keyof Payloads>(
  events: readonly KnownEvent[],
  ...names: readonly Name[]
): KnownEvent<Name>[] {
  return events.filter((event): event is KnownEvent<Name> => (names as readonly string[]).includes(event.name));
}
