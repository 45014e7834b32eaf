import type { Parts } from '@starling/platform/graphql';
import { measureNumber, type Registry } from '@starling/platform/telemetry';
import { whileNobodyCounts } from './count-maker.ts';
import {
  addCompared,
  compareCounts,
  getCompared,
  overwriteTweetCounts,
  sampleTweets,
} from './count-overwrite-store.ts';
import { goOnWithRebuild, needsRebuild, type RebuildParts } from './count-rebuild.ts';
import { countsCorrected } from './events.ts';

const WATCH_COUNTS_EVERY_MS = 10_000;
const TELL_EVERY_MS = 5_000;
/** So many of the newest tweets, and so many of others, each time. */
const SAMPLE = 100;
const MOST_DONE = 100_000;

export interface CountWatchOptions {
  /** From the end of one look until the next; the first is at once, whether counts are lost. Default ten seconds. */
  readonly everyMs?: number | undefined;
  readonly logger?: Parts['logger'] | undefined;
}

/** Looks after the counts of tweets: makes lost ones anew, compares some with what they count, and puts wrong ones right. */
export interface CountWatch {
  start(): void;
  stop(): Promise<void>;
  measure(registry: Registry): void;
  /** Compares these, or some; answers those whose counts were wrong, and are right now. */
  compare(tweetIds?: readonly string[]): Promise<string[]>;
  /** Makes counts anew when they are lost, or when somebody has stopped in the middle of it. */
  makeAnew(): Promise<void>;
}

export function createCountWatch(
  { database, eventLog, counts }: RebuildParts,
  { everyMs = WATCH_COUNTS_EVERY_MS, logger }: CountWatchOptions = {},
): CountWatch {
  const stopping = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let turn: Promise<void> = Promise.resolve();

  async function makeAnew(): Promise<void> {
    if (!(await needsRebuild({ database, eventLog, counts }))) return;
    let toldAt = Number.NEGATIVE_INFINITY;
    logger?.warn('the counts of tweets are made anew; whatever is read meanwhile is made first');
    await goOnWithRebuild(database, counts, {
      signal: stopping.signal,
      onProgress(progress) {
        if (performance.now() - toldAt < TELL_EVERY_MS) return;
        toldAt = performance.now();
        logger?.info(progress, 'counts of tweets are being made anew');
      },
    });
    if (!stopping.signal.aborted) logger?.info('the counts of tweets have been made anew');
  }

  async function compare(tweetIds?: readonly string[]): Promise<string[]> {
    const chosen = tweetIds ?? (await sampleTweets(database, SAMPLE, MOST_DONE));
    let found = await compareCounts(database, chosen);
    if (found.some(({ isBehind }) => isBehind)) {
      await counts.caughtUp();
      found = await compareCounts(database, chosen);
    }
    const told = found.filter(({ isBehind, isMadeAnew }) => !isBehind && !isMadeAnew);
    const wrong = told.filter(({ isWrong }) => isWrong).map(({ tweetId }) => tweetId);
    if (told.length > 0) await addCompared(database, { compared: told.length, findings: wrong.length });
    if (wrong.length === 0) return [];
    logger?.error({ tweetIds: wrong }, 'counts of tweets were wrong; they are put right');
    await whileNobodyCounts(database, counts, async (transaction) => {
      const areRight = await overwriteTweetCounts(transaction, wrong, { evenNothing: true });
      if (areRight) await eventLog.append(transaction, wrong.map(countsCorrected));
      return areRight;
    });
    return wrong;
  }

  async function look(work: () => Promise<unknown>): Promise<void> {
    try {
      await work();
    } catch (error) {
      if (!stopping.signal.aborted) {
        logger?.warn({ err: error }, 'counts of tweets could not be looked after and will be later');
      }
    }
    if (stopping.signal.aborted) return;
    timer = setTimeout(() => {
      turn = look(async () => {
        await makeAnew();
        await compare();
      });
    }, everyMs).unref();
  }

  return {
    start() {
      turn = look(makeAnew);
    },
    async stop() {
      stopping.abort();
      clearTimeout(timer);
      await turn;
    },
    measure(registry) {
      measureNumber(registry, {
        name: 'starling_tweet_counts_compared',
        help: 'Tweets whose counts were compared with the rows that they count, since the database was made, by whichever process.',
        read: async () => (await getCompared(database)).compared,
      });
      measureNumber(registry, {
        name: 'starling_tweet_count_findings',
        help: 'Tweets of those whose counts were wrong; they are put right.',
        read: async () => (await getCompared(database)).findings,
      });
    },
    compare,
    makeAnew,
  };
}
