import type { HotReader } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { CountReader } from '../count-reader.ts';
import { viewersTweetKey } from '../engagement-reader.ts';
import type { ViewerState } from '../engagement-store.ts';
import { tweetPinned } from '../events.ts';
import { COUNTED_TOPICS } from '../events-to-count.ts';
import type { Pin } from '../pin-store.ts';
import { touchedBy } from './count-changes.ts';

export interface RememberedEngagement {
  /** Told of tweets whose counts have changed, once they are forgotten. */
  readonly onChanged: (tweetIds: Iterable<string>) => void;
  readonly countReader: CountReader;
  readonly engagementReader: HotReader<ViewerState>;
  readonly pinReader: HotReader<Pin>;
  /** Makes this process forget in which order answers stand of which these are some, and what answers these. */
  readonly forgetAnswers: (tweetIds: Iterable<string>) => Promise<void>;
}

/**
 * Makes this process forget counts and what follows from them, what somebody did with a tweet, and pins: who reads counts anew
 * need not wait until they are counted.
 */
export function forgetEngagement(remembered: RememberedEngagement): Consumer {
  const { countReader, engagementReader, pinReader, forgetAnswers, onChanged } = remembered;
  return {
    group: 'tweets.engagement-cache',
    topics: [...COUNTED_TOPICS, tweetPinned.topic],
    offset: 'memory',
    async handle(events) {
      const { tweetIds, authorIds, viewersTweets } = touchedBy(events);
      pinReader.forget(events.filter(({ topic }) => topic === tweetPinned.topic).map(({ key }) => key));
      engagementReader.forget(viewersTweets.map(viewersTweetKey));
      await forgetAnswers(tweetIds);
      countReader.ofTweets.forget(tweetIds);
      countReader.ofUsers.forget(authorIds);
      onChanged(tweetIds);
    },
  };
}
