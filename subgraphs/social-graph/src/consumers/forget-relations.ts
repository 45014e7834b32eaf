import type { HotReader } from '@starling/platform/cache';
import type { Consumer, Event } from '@starling/platform/event-log';
import { userBlocked, userFollowed, userFollowRequested, userMuted, userUnmuted } from '../events.ts';
import { relationKey } from '../relation-reader.ts';
import type { Relation } from '../relation-store.ts';

/** Between whom something has changed. */
function accountsOf({ topic, payload }: Event): readonly [one: string, other: string] {
  if (topic === userBlocked.topic) {
    const { blockerId, blockedId } = userBlocked.payload.parse(payload);
    return [blockerId, blockedId];
  }
  if (topic === userMuted.topic) {
    const { muterId, mutedId } = userUnmuted.payload.parse(payload);
    return [muterId, mutedId];
  }
  const { followerId, followeeId } = userFollowed.payload.parse(payload);
  return [followerId, followeeId];
}

/** Makes this process forget how accounts stand to each other between whom that has changed. */
export function forgetRelations(relations: HotReader<Relation>): Consumer {
  return {
    group: 'social-graph.relations-cache',
    topics: [userFollowed.topic, userFollowRequested.topic, userBlocked.topic, userMuted.topic],
    offset: 'memory',
    async handle(events) {
      const keys = events
        .map(accountsOf)
        .flatMap(([one, other]) => [
          relationKey({ viewerId: one, userId: other }),
          relationKey({ viewerId: other, userId: one }),
        ]);
      relations.forget(keys);
    },
  };
}
