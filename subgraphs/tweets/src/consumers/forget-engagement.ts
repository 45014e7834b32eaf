import type { CatchesUp } from '@starling/platform/batching';
import type { HotReader } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { CountReader } from '../count-reader.ts';
import { viewersTweetKey } from '../engagement-reader.ts';
import type { ViewerState } from '../engagement-store.ts';
import { COUNTED_TOPICS, touchedBy } from './count-changes.ts';

export interface RememberedEngagement {
  readonly countReader: CountReader;
  readonly engagementReader: HotReader<ViewerState>;
}

/** Makes this process forget counts, and what somebody did with a tweet, once the events that change them are counted. */
export function forgetEngagement({ countReader, engagementReader }: RememberedEngagement, counts: CatchesUp): Consumer {
  return {
    group: 'tweets.engagement-cache',
    topics: COUNTED_TOPICS,
    offset: 'memory',
    async handle(events) {
      const { tweetIds, authorIds, viewersTweets } = touchedBy(events);
      await counts.caughtUp();
      engagementReader.forget(viewersTweets.map(viewersTweetKey));
      countReader.ofTweets.forget(tweetIds);
      countReader.ofUsers.forget(authorIds);
    },
  };
}
