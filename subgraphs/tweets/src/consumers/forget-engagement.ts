import type { HotReader } from '@starling/platform/cache';
import type { Consumer } from '@starling/platform/event-log';
import type { AnswerReader } from '../answer-reader.ts';
import type { CountReader } from '../count-reader.ts';
import { viewersTweetKey } from '../engagement-reader.ts';
import type { ViewerState } from '../engagement-store.ts';
import { countsVoided, tweetPinned } from '../events.ts';
import { COUNTED_TOPICS } from '../events-to-count.ts';
import type { Pin } from '../pin-store.ts';
import { touchedBy } from './count-changes.ts';

export interface RememberedEngagement {
  /** Told of tweets whose counts have changed, once they are forgotten. */
  readonly onChanged: (tweetIds: Iterable<string>) => void;
  /** All counts may have changed, and are forgotten. */
  readonly onAllChanged: () => void;
  readonly countReader: CountReader;
  readonly engagementReader: HotReader<ViewerState>;
  readonly pinReader: HotReader<Pin>;
  readonly answerReader: AnswerReader;
}

/**
 * Makes this process forget counts and what follows from them, what somebody did with a tweet, and pins: who reads counts anew
 * need not wait until they are counted.
 */
export function forgetEngagement(remembered: RememberedEngagement): Consumer {
  const { countReader, engagementReader, pinReader, answerReader, onChanged, onAllChanged } = remembered;
  return {
    group: 'tweets.engagement-cache',
    topics: [...COUNTED_TOPICS, tweetPinned.topic, countsVoided.topic],
    offset: 'memory',
    async handle(events) {
      const { tweetIds, authorIds, viewersTweets } = touchedBy(events);
      pinReader.forget(events.filter(({ topic }) => topic === tweetPinned.topic).map(({ key }) => key));
      engagementReader.forget(viewersTweets.map(viewersTweetKey));
      await answerReader.forgetWith(tweetIds);
      countReader.ofTweets.forget(tweetIds);
      countReader.ofUsers.forget(authorIds);
      onChanged(tweetIds);
      if (!events.some(({ topic }) => topic === countsVoided.topic)) return;
      answerReader.forgetAll();
      countReader.ofTweets.forgetAll();
      countReader.ofUsers.forgetAll();
      onAllChanged();
    },
  };
}
