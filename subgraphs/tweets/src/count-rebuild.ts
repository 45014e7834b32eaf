import type { CatchesUp } from '@starling/platform/batching';
import type { EventLog } from '@starling/platform/event-log';
import type { Database, Transaction } from '@starling/platform/postgres';
import { whileNobodyCounts } from './count-maker.ts';
import { type Counting, lockCounting, overwriteAuthorCounts, overwriteTweetCounts } from './count-overwrite-store.ts';
import {
  areCountsLost,
  beginToMakeAnew,
  estimateTweets,
  isMadeAnew,
  listAuthorsAfter,
  listTweetsAfter,
  moveMadeAnew,
} from './count-rebuild-store.ts';
import { voided } from './events.ts';

/** In one transaction; nobody counts meanwhile, and readers add up what is not counted. */
const TOGETHER = 500;

export interface Progress {
  readonly tweets: number;
  /** As the database's statistics have it. */
  readonly ofAbout: number;
  readonly authors: number;
}

export interface RebuildOptions {
  readonly onProgress?: (progress: Progress) => void;
  /** Between two parts: the rest is left to whoever goes on. */
  readonly signal?: AbortSignal;
}

/** How far one transaction came; null when nothing is left. */
type Step = { readonly tweets: number; readonly authors: number } | null;

async function step(transaction: Transaction, { tweetsDone, authorsDone }: Counting): Promise<Step | 'behind'> {
  if (tweetsDone === null || authorsDone === null) return null;
  const tweetIds = await listTweetsAfter(transaction, tweetsDone, TOGETHER);
  const lastTweet = tweetIds.at(-1);
  if (lastTweet !== undefined) {
    if (!(await overwriteTweetCounts(transaction, tweetIds, { evenNothing: false }))) return 'behind';
    await moveMadeAnew(transaction, { tweets: lastTweet, authors: authorsDone });
    return { tweets: tweetIds.length, authors: 0 };
  }
  const authorIds = await listAuthorsAfter(transaction, authorsDone, TOGETHER);
  const lastAuthor = authorIds.at(-1);
  if (lastAuthor !== undefined) {
    if (!(await overwriteAuthorCounts(transaction, authorIds))) return 'behind';
    await moveMadeAnew(transaction, { tweets: tweetsDone, authors: lastAuthor });
    return { tweets: 0, authors: authorIds.length };
  }
  await moveMadeAnew(transaction, null);
  return null;
}

export interface RebuildParts {
  readonly database: Database;
  /** Told of counts that are put right or made anew, for every process that remembers some. */
  readonly eventLog: Pick<EventLog, 'append'>;
  /** What counts. */
  readonly counts: CatchesUp;
}

/**
 * Begins to make all counts anew, in whichever process: reads make those that they need first, `goOn` the rest. What was
 * remembered before is forgotten: it may have been read when counts were wrong or gone already, and nobody had noticed.
 */
export async function beginRebuild({ database, eventLog }: Omit<RebuildParts, 'counts'>): Promise<void> {
  await database.transaction(async (transaction) => {
    await lockCounting(transaction);
    await beginToMakeAnew(transaction);
    await eventLog.append(transaction, [voided()]);
  });
}

/** Goes on with counts that are being made anew, from where whoever began has come; several may at once. */
export async function goOnWithRebuild(
  database: Database,
  counts: CatchesUp,
  { onProgress, signal }: RebuildOptions = {},
): Promise<void> {
  const ofAbout = Number(await estimateTweets(database));
  let [tweets, authors] = [0, 0];
  while (!signal?.aborted) {
    let done: Step = null;
    await whileNobodyCounts(database, counts, async (transaction) => {
      const came = await step(transaction, await lockCounting(transaction));
      if (came === 'behind') return false;
      done = came;
      return true;
    });
    const made = done as Step;
    if (made === null) return;
    tweets += made.tweets;
    authors += made.authors;
    onProgress?.({ tweets, ofAbout, authors });
  }
}

/** Whether there is something to go on with: because somebody has stopped in the middle, or because counts are lost. */
export async function needsRebuild({ database, eventLog, counts }: RebuildParts): Promise<boolean> {
  if (await isMadeAnew(database)) return true;
  if (!(await areCountsLost(database))) return false;
  // A young database may only have counted nothing yet.
  await counts.caughtUp();
  if (!(await areCountsLost(database))) return false;
  await beginRebuild({ database, eventLog });
  return true;
}
