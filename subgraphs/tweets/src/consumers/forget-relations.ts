import type { CatchesUp } from '@starling/platform/batching';
import type { Consumer, Event } from '@starling/platform/event-log';
import { z } from 'zod';
import type { Pair } from '../circle-store.ts';
import type { RelationReader } from '../relation-reader.ts';
import { KEYWORD_TOPIC, RELATION_TOPICS } from './copies.ts';

const id = z.string();
const change = z.object({ userId: id });
const follow = z.object({ followerId: id, followeeId: id });
const block = z.object({ blockerId: id, blockedId: id });
const mute = z.object({ muterId: id });

function changedBy(events: readonly Event[]) {
  const viewerIds: string[] = [];
  const accountIds: string[] = [];
  const pairs: Pair[] = [];
  for (const { topic, payload } of events) {
    if (topic === 'users.account') accountIds.push(change.parse(payload).userId);
    else if (topic === 'social-graph.follow') pairs.push(follow.parse(payload));
    else if (topic === 'social-graph.mute' || topic === KEYWORD_TOPIC) viewerIds.push(mute.parse(payload).muterId);
    else {
      const { blockerId, blockedId } = block.parse(payload);
      viewerIds.push(blockerId, blockedId);
    }
  }
  return { viewerIds, accountIds, pairs };
}

/** Makes this process forget who blocks, mutes and follows whom, and who is protected, once the copies hold what changed. */
export function forgetRelations(relations: RelationReader, copies: CatchesUp): Consumer {
  return {
    group: 'tweets.relations-cache',
    topics: [...RELATION_TOPICS, KEYWORD_TOPIC],
    offset: 'memory',
    async handle(events, asOf) {
      const changed = changedBy(events);
      await copies.caughtUp(asOf);
      relations.forget(changed);
    },
  };
}
