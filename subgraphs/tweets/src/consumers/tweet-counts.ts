import { type Consumer, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { addAnswers, addToAuthorCounts, addToTweetCounts, removeAnswers } from '../count-store.ts';
import { COUNTED_TOPICS, countChanges } from './count-changes.ts';

const GROUP = 'tweets.counts';

/** Counts each event once, however often it is delivered: the mark and the sums are one transaction. */
export function tweetCounts(database: Database): Consumer {
  return {
    group: GROUP,
    topics: COUNTED_TOPICS,
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          const changes = countChanges(await firstTime(transaction, GROUP, events));
          if (changes.answers.length > 0) await addAnswers(transaction, changes.answers);
          if (changes.goneAnswers.length > 0) await removeAnswers(transaction, changes.goneAnswers);
          if (changes.tweets.length > 0) await addToTweetCounts(transaction, changes.tweets);
          if (changes.authors.length > 0) await addToAuthorCounts(transaction, changes.authors);
        },
        { durable: false },
      );
    },
  };
}
