import type { EventLog } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import { tweetCounts } from './consumers/tweet-counts.ts';
import { beginRebuild, goOnWithRebuild, type RebuildOptions } from './count-rebuild.ts';
import { listTweetsAfter } from './count-rebuild-store.ts';
import { createCountWatch } from './count-watch.ts';

interface CountParts {
  readonly database: Database;
  readonly eventLog: Pick<EventLog, 'append' | 'consume'>;
}

const COMPARED_AT_ONCE = 200;

/** Makes all counts of tweets and authors anew from the rows that they count, whether or not the product runs meanwhile. */
export async function rebuildCounts({ database, eventLog }: CountParts, options: RebuildOptions = {}): Promise<void> {
  const counts = await eventLog.consume(tweetCounts(database));
  try {
    await beginRebuild({ database, eventLog });
    await goOnWithRebuild(database, counts, options);
  } finally {
    await counts.stop();
  }
}

/** Compares the counts of all tweets with the rows that they count, and puts wrong ones right. Answers how many were wrong. */
export async function checkCounts(
  { database, eventLog }: CountParts,
  onProgress: (compared: number) => void = () => {},
): Promise<{ readonly compared: number; readonly wrong: number }> {
  const counts = await eventLog.consume(tweetCounts(database));
  try {
    const watch = createCountWatch({ database, eventLog, counts });
    let [compared, wrong, last] = [0, 0, '0'];
    for (;;) {
      await counts.caughtUp();
      const ids = await listTweetsAfter(database, last, COMPARED_AT_ONCE);
      if (ids.length === 0) return { compared, wrong };
      wrong += (await watch.compare(ids)).length;
      compared += ids.length;
      last = ids.at(-1) ?? last;
      onProgress(compared);
    }
  } finally {
    await counts.stop();
  }
}
