import { type Consumer, firstTime } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { beginToCount } from '../count-state-store.ts';
import { addAnswers, addToAuthorCounts, addToTweetCounts, removeAnswers } from '../count-store.ts';
import { COUNTED_TOPICS, COUNTS_GROUP, MOST_TO_COUNT } from '../events-to-count.ts';
import { countChanges } from './count-changes.ts';

/** Readers add what is not counted yet, so a tweet's row is written so often at most, however many like it. */
const PACE_MS = 100;
/** The same while somebody keeps the sums of what is not counted yet, and readers have little to add. */
const PACE_WHILE_SUMMED_MS = 5_000;
/** Not more than a read adds up: it may come between the sums and the offset. */
const TOGETHER = MOST_TO_COUNT;

/**
 * Counts each event once, however often it is delivered: the mark and the sums are one transaction. It takes its time, and
 * what comes meanwhile makes one change of each row.
 */
export function tweetCounts(database: Database): Consumer {
  let paceMs = PACE_MS;
  return {
    group: COUNTS_GROUP,
    topics: COUNTED_TOPICS,
    paceMs: () => paceMs,
    together: TOGETHER,
    async handle(events) {
      await database.transaction(
        async (transaction) => {
          const { areSummed } = await beginToCount(transaction);
          paceMs = areSummed ? PACE_WHILE_SUMMED_MS : PACE_MS;
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
