import type { HotReader } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { CountReader } from '../count-reader.ts';
import { viewersTweetKey } from '../engagement-reader.ts';
import type { ViewerState } from '../engagement-store.ts';
import { COUNTED_TOPICS } from '../events-to-count.ts';
import { touchedBy } from './count-changes.ts';

export interface RememberedEngagement {
  /** Told of tweets whose counts have changed, once they are forgotten. */
  readonly onChanged: (tweetIds: Iterable<string>) => void;
  readonly countReader: CountReader;
  readonly engagementReader: HotReader<ViewerState>;
}

/** Makes this process forget counts, and what somebody did with a tweet: who reads them anew need not wait until they are counted. */
export function forgetEngagement({ countReader, engagementReader, onChanged }: RememberedEngagement): Consumer {
  return {
    group: 'tweets.engagement-cache',
    topics: COUNTED_TOPICS,
    offset: 'memory',
    async handle(events) {
      const { tweetIds, authorIds, viewersTweets } = touchedBy(events);
      engagementReader.forget(viewersTweets.map(viewersTweetKey));
      countReader.ofTweets.forget(tweetIds);
      countReader.ofUsers.forget(authorIds);
      onChanged(tweetIds);
    },
  };
}
