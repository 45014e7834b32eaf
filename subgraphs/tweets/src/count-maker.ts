import type { CatchesUp } from '@starling/platform/batching';
import type { Database, Transaction } from '@starling/platform/postgres';
import { lockCounting, overwriteAuthorCounts, overwriteTweetCounts } from './count-overwrite-store.ts';
import { isMadeAnew, listAnswersMadeBefore } from './count-rebuild-store.ts';

/** Makes counts anew from the tables that others write, while everybody goes on. */
export interface CountMaker {
  /** Afterwards each of these that is there has counts of the present generation. */
  tweets(ids: readonly string[]): Promise<void>;
  authors(ids: readonly string[]): Promise<void>;
  /** While counts are being made anew: those of the answers to these tweets first. Otherwise nothing. */
  answersTo(tweetIds: readonly string[]): Promise<void>;
}

/** Counts that are made in one transaction, at most: nobody counts meanwhile. */
const TOGETHER = 200;
const ATTEMPTS = 100;

/**
 * Runs `overwrite`, during which nobody counts. What there is to count may be too much for a statement to look at: it is
 * then counted first, which needs this transaction to have ended.
 */
export async function whileNobodyCounts(
  database: Database,
  counts: CatchesUp,
  overwrite: (transaction: Transaction) => Promise<boolean>,
): Promise<void> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const isDone = await database.transaction(async (transaction) => {
      await lockCounting(transaction);
      return overwrite(transaction);
    });
    if (isDone) return;
    await counts.caughtUp();
  }
  throw new Error('Events come faster than they are counted.');
}

export function createCountMaker(database: Database, counts: CatchesUp): CountMaker {
  async function inParts(
    ids: readonly string[],
    overwrite: (transaction: Transaction, part: readonly string[]) => Promise<boolean>,
  ): Promise<void> {
    for (let start = 0; start < ids.length; start += TOGETHER) {
      const part = ids.slice(start, start + TOGETHER);
      await whileNobodyCounts(database, counts, (transaction) => overwrite(transaction, part));
    }
  }
  const tweets = (ids: readonly string[]) =>
    inParts(ids, (transaction, part) => overwriteTweetCounts(transaction, part, { evenNothing: true }));

  return {
    tweets,
    authors: (ids) => inParts(ids, overwriteAuthorCounts),
    async answersTo(tweetIds) {
      if (!(await isMadeAnew(database))) return;
      for (;;) {
        const old = await listAnswersMadeBefore(database, tweetIds, TOGETHER);
        if (old.length === 0) return;
        await tweets(old);
      }
    },
  };
}
