import { type Event, eventType, makeEvent, type NewEvent } from '@starling/platform/event-log';
import { z } from 'zod';

/** What notifications consume: of each payload the part that they need. */
const id = z.string();
const follow = z.object({ followerId: id, followeeId: id });
const like = z.object({ tweetId: id, authorId: id, userId: id });
const retweet = z.object({ retweetId: id, tweetId: id, authorId: id, retweeterId: id });

const payloads = {
  'account.profile-changed.v1': z.object({ userId: id, isProtected: z.boolean() }),
  'account.digests-stopped.v1': z.object({ userId: id }),
  'session.revoked.v1': z.object({ sessionId: id }),
  'tweet.posted.v1': z.object({
    tweetId: id,
    authorId: id,
    replyToAuthorId: id.nullable(),
    quotedTweetId: id.nullable(),
    mentionedUserIds: z.array(id),
    // Those of an earlier time have none: another event tells them.
    words: z.string().optional(),
  }),
  'tweet.words-found.v1': z.object({ tweetId: id, words: z.string() }),
  'tweet.deleted.v1': z.object({ tweetId: id, authorId: id }),
  'tweet.retweeted.v1': retweet,
  'tweet.retweet-undone.v1': retweet,
  'tweet.liked.v1': like,
  'tweet.unliked.v1': like,
  'held-tweet.released.v1': z.object({ authorId: id, tweetId: id }),
  'held-tweet.discarded.v1': z.object({ authorId: id, heldTweetId: id }),
  'user.followed.v1': follow,
  'user.unfollowed.v1': follow,
  'user.follow-requested.v1': follow,
  'user.follow-request-removed.v1': follow,
  'user.blocked.v1': z.object({ blockerId: id, blockedId: id }),
  'user.unblocked.v1': z.object({ blockerId: id, blockedId: id }),
  'user.muted.v1': z.object({ muterId: id, mutedId: id, until: z.string().nullable(), onlyRetweets: z.boolean() }),
  'user.unmuted.v1': z.object({ muterId: id, mutedId: id }),
  'keyword.muted.v1': z.object({ muterId: id, mutedKeywordId: id, words: z.string(), until: z.string().nullable() }),
  'keyword.unmuted.v1': z.object({ muterId: id, mutedKeywordId: id }),
} as const;

type Payloads = { readonly [Name in keyof typeof payloads]: z.infer<(typeof payloads)[Name]> };
type Known = {
  [Name in keyof Payloads]: { readonly name: Name; readonly payload: Payloads[Name]; readonly occurredAt: Date };
};

/** An event that notifications understand, with its payload checked. */
export type KnownEvent<Name extends keyof Payloads = keyof Payloads> = Known[Name];

/** Where it is told that there are messages to browsers, and where those go that were given up. */
export const PUSH_TOPIC = 'notifications.push';

/** A message that was given up, as an event that a replay brings back. */
export const GIVEN_UP = 'push.given-up.v1';

/** There are messages to browsers in the queue, which says which. */
const pushesQueued = eventType(PUSH_TOPIC, 'pushes.queued.v1', z.object({}));

export const queuedPushes = (): NewEvent => makeEvent(pushesQueued, 'all', {});

/** Of what notifications tell. */
export const TOLD_TOPICS = [
  'tweets.tweet',
  'tweets.like',
  'tweets.moderation',
  'social-graph.follow',
  'social-graph.follow-request',
] as const;

export const COPIED_TOPICS = [
  ...TOLD_TOPICS,
  'users.account',
  'users.session',
  'social-graph.block',
  'social-graph.mute',
  'social-graph.keyword',
] as const;

/** The event with its payload checked, or undefined for an event of a kind that nobody is notified of. */
export function understand({ name, payload, occurredAt }: Event): KnownEvent | undefined {
  if (!Object.hasOwn(payloads, name)) return undefined;
  const known = name as keyof Payloads;
  return { name: known, payload: payloads[known].parse(payload), occurredAt } as KnownEvent;
}

/** The events of these names, in their order. */
export function only<Name extends keyof Payloads>(
  events: readonly KnownEvent[],
  ...names: readonly Name[]
): KnownEvent<Name>[] {
  return events.filter((event): event is KnownEvent<Name> => (names as readonly string[]).includes(event.name));
}
