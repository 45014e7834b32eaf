import { type Consumer, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { addAnswers, addToAuthorCounts, addToTweetCounts, beginToCount, removeAnswers } from '../count-store.ts';
import { COUNTED_TOPICS, COUNTS_GROUP } from '../events-to-count.ts';
import { countChanges } from './count-changes.ts';

/** Readers add what is not counted yet, so a tweet's row is written so often at most, however many like it. */
const PACE_MS = 100;

/**
 * Counts each event once, however often it is delivered: the mark and the sums are one transaction. It takes its time, and
 * what comes meanwhile makes one change of each row.
 */
export function tweetCounts(database: Database): Consumer {
  return {
    group: COUNTS_GROUP,
    topics: COUNTED_TOPICS,
    paceMs: PACE_MS,
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          await beginToCount(transaction);
          const changes = countChanges(await firstTime(transaction, COUNTS_GROUP, events));
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
