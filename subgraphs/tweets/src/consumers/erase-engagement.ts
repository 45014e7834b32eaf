import type { Consumer } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { eraseEngagement } from '../engagement-store.ts';
import { tweetDeleted } from '../events.ts';

/**
 * Removes what people did with a tweet that is deleted. No read waits for it: the deletion itself hides all of it, and no
 * new like finds the tweet. Idempotent by nature.
 */
export function eraseEngagementOfDeleted(database: Database): Consumer {
  return {
    group: 'tweets.erasure',
    topics: [tweetDeleted.topic],
    async handle(events) {
      const tweetIds = events
        .filter(({ name }) => name === tweetDeleted.name)
        .map(({ payload }) => tweetDeleted.payload.parse(payload).tweetId);
      if (tweetIds.length > 0) await eraseEngagement(database, tweetIds);
    },
  };
}
