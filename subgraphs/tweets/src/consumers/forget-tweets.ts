import type { Consumer } from '@starling/platform/event-log';
import { tweetDeleted, tweetPosted } from '../events.ts';
import type { TweetReader } from '../tweet-reader.ts';

/**
 * Makes this process forget what it cached of a tweet that is deleted, and the absence of one that is posted; `onChanged`
 * is told of them then.
 */
export function forgetTweets(reader: TweetReader, onChanged: (tweetIds: Iterable<string>) => void): Consumer {
  return {
    group: 'tweets.cache',
    topics: [tweetPosted.topic],
    offset: 'memory',
    async handle(events) {
      const changed = events.filter(({ name }) => name === tweetPosted.name || name === tweetDeleted.name);
      if (changed.length === 0) return;
      const tweetIds = [...new Set(changed.map(({ key }) => key))];
      await reader.forget(tweetIds);
      onChanged(tweetIds);
    },
  };
}
