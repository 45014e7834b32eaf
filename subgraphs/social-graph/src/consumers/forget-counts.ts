import type { CatchesUp } from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { Counts } from '../count-store.ts';
import { userFollowed, userUnfollowed } from '../events.ts';

/** Makes this process forget counts of followers that have changed, once they are counted. */
export function forgetCounts(remembered: HotReader<Counts>, counts: CatchesUp): Consumer {
  return {
    group: 'social-graph.counts-cache',
    topics: [userFollowed.topic],
    offset: 'memory',
    async handle(events, asOf) {
      const follows = events
        .filter(({ name }) => name === userFollowed.name || name === userUnfollowed.name)
        .map(({ payload }) => userFollowed.payload.parse(payload));
      await counts.caughtUp(asOf);
      remembered.forget(follows.flatMap(({ followerId, followeeId }) => [followerId, followeeId]));
    },
  };
}
