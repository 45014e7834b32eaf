import type { EventLog } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { wordsOf } from '@starling/visibility';
import { wordsFound } from './events.ts';
import { lockTweetsWithoutWords, setWords } from './tweet-store.ts';

const TWEETS_PER_TRANSACTION = 1_000;

/**
 * Finds the words of tweets that were posted when nobody asked for them, and tells. When there are none, which is always
 * but the first time, it costs a look into an empty index. Several may do it at once; each tweet is told once.
 */
export async function findWords(database: Database, eventLog: Pick<EventLog, 'append'>): Promise<void> {
  const findSome = () =>
    database.transaction(async (transaction) => {
      const tweets = await lockTweetsWithoutWords(transaction, TWEETS_PER_TRANSACTION);
      if (tweets.length === 0) return 0;
      const found = tweets.map(({ id, quotedTweetId, text }) => ({ tweetId: id, quotedTweetId, words: wordsOf(text) }));
      await setWords(transaction, found);
      await eventLog.append(transaction, found.map(wordsFound));
      return tweets.length;
    });
  while ((await findSome()) > 0);
}
