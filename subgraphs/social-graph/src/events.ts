import { eventType, makeEvent, type NewEvent } from '@starling/platform/event-log';
import { z } from 'zod';

const FOLLOW_TOPIC = 'social-graph.follow';
const FOLLOW_REQUEST_TOPIC = 'social-graph.follow-request';
const BLOCK_TOPIC = 'social-graph.block';
const MUTE_TOPIC = 'social-graph.mute';
const KEYWORD_TOPIC = 'social-graph.keyword';
const LIST_TOPIC = 'social-graph.list';

const id = z.string();
const follow = z.object({ followerId: id, followeeId: id });
const block = z.object({ blockerId: id, blockedId: id });

export const userFollowed = eventType(FOLLOW_TOPIC, 'user.followed.v1', follow);
export const userUnfollowed = eventType(FOLLOW_TOPIC, 'user.unfollowed.v1', follow);
export const userFollowRequested = eventType(FOLLOW_REQUEST_TOPIC, 'user.follow-requested.v1', follow);

const requestEnd = z.enum(['APPROVED', 'DECLINED', 'WITHDRAWN', 'BLOCKED']);
export type RequestEnd = z.infer<typeof requestEnd>;

/** A request that is approved becomes a follow, which is an event of its own. */
export const userFollowRequestRemoved = eventType(
  FOLLOW_REQUEST_TOPIC,
  'user.follow-request-removed.v1',
  follow.extend({ reason: requestEnd }),
);
export const userBlocked = eventType(BLOCK_TOPIC, 'user.blocked.v1', block);
export const userUnblocked = eventType(BLOCK_TOPIC, 'user.unblocked.v1', block);
/** `until` is RFC 3339 text, null for a mute that does not end by itself. Muting again is another event of this type. */
export const userMuted = eventType(
  MUTE_TOPIC,
  'user.muted.v1',
  z.object({ muterId: id, mutedId: id, until: z.string().nullable(), onlyRetweets: z.boolean() }),
);
export const userUnmuted = eventType(MUTE_TOPIC, 'user.unmuted.v1', z.object({ muterId: id, mutedId: id }));

/**
 * `words` is what has to be found among the words of a tweet: hashes, as the rules of visibility make them. Muting again, with
 * another end, is another event of this type.
 */
export const mutedKeyword = eventType(
  KEYWORD_TOPIC,
  'keyword.muted.v1',
  z.object({ muterId: id, mutedKeywordId: id, words: z.string(), until: z.string().nullable() }),
);
export const unmutedKeyword = eventType(
  KEYWORD_TOPIC,
  'keyword.unmuted.v1',
  z.object({ muterId: id, mutedKeywordId: id }),
);

const membership = z.object({ listId: id, userId: id });

export const accountListCreated = eventType(LIST_TOPIC, 'list.created.v1', z.object({ listId: id, ownerId: id }));
/** Its members are gone with it: there is no event of each. */
export const accountListDeleted = eventType(LIST_TOPIC, 'list.deleted.v1', z.object({ listId: id }));
export const accountListMemberAdded = eventType(LIST_TOPIC, 'list.member-added.v1', membership);
export const accountListMemberRemoved = eventType(LIST_TOPIC, 'list.member-removed.v1', membership);

export const followed = (followerId: string, followeeId: string): NewEvent =>
  makeEvent(userFollowed, followerId, { followerId, followeeId });

export const unfollowed = (followerId: string, followeeId: string): NewEvent =>
  makeEvent(userUnfollowed, followerId, { followerId, followeeId });

export const followRequested = ({ followerId, followeeId }: z.infer<typeof follow>): NewEvent =>
  makeEvent(userFollowRequested, followerId, { followerId, followeeId });

export const followRequestRemoved = (
  { followerId, followeeId }: z.infer<typeof follow>,
  reason: RequestEnd,
): NewEvent => makeEvent(userFollowRequestRemoved, followerId, { followerId, followeeId, reason });

export const blocked = (blockerId: string, blockedId: string): NewEvent =>
  makeEvent(userBlocked, blockerId, { blockerId, blockedId });

export const unblocked = (blockerId: string, blockedId: string): NewEvent =>
  makeEvent(userUnblocked, blockerId, { blockerId, blockedId });

export const muted = (muterId: string, mutedId: string, until: Date | null, onlyRetweets: boolean): NewEvent =>
  makeEvent(userMuted, muterId, { muterId, mutedId, until: until?.toISOString() ?? null, onlyRetweets });

export const unmuted = (muterId: string, mutedId: string): NewEvent =>
  makeEvent(userUnmuted, muterId, { muterId, mutedId });

export const keywordMuted = ({
  until,
  ...muted
}: {
  readonly muterId: string;
  readonly mutedKeywordId: string;
  readonly words: string;
  readonly until: Date | null;
}): NewEvent => makeEvent(mutedKeyword, muted.muterId, { ...muted, until: until?.toISOString() ?? null });

export const keywordUnmuted = (muterId: string, mutedKeywordId: string): NewEvent =>
  makeEvent(unmutedKeyword, muterId, { muterId, mutedKeywordId });

export const listCreated = (listId: string, ownerId: string): NewEvent =>
  makeEvent(accountListCreated, listId, { listId, ownerId });

export const listDeleted = (listId: string): NewEvent => makeEvent(accountListDeleted, listId, { listId });

export const listMemberAdded = ({ listId, userId }: z.infer<typeof membership>): NewEvent =>
  makeEvent(accountListMemberAdded, listId, { listId, userId });

export const listMemberRemoved = ({ listId, userId }: z.infer<typeof membership>): NewEvent =>
  makeEvent(accountListMemberRemoved, listId, { listId, userId });
