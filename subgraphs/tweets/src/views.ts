import type { Parts } from '@starling/platform/graphql';
import type { Database } from '@starling/platform/postgres';
import { addToSketch, decodeSketch, encodeSketch, estimate, mergeSketches, type Sketch } from './view-sketch.ts';
import { lockViews, setViews, type Views } from './view-store.ts';

/** Who looked at what: gathered here, and written together. */
export interface ViewRecorder {
  record(userId: string, tweetIds: readonly string[]): void;
  /** Writes what has been gathered so far. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

export interface ViewRecorderOptions {
  readonly logger?: Parts['logger'] | undefined;
  readonly now?: () => Date;
}

const FLUSH_AFTER_MS = 1_000;
/** Tweets in one transaction. */
const TOGETHER = 200;
/** Tweets that wait to be written, at most: when the database does not keep up, looks at further ones are not counted. */
const MOST_WAITING = 20_000;

/** The day's sketch with what was seen since; a new day begins with what was seen, and adds up the one before. */
function viewsWith({ tweetId, day, sketch, today, earlier }: Views, seen: Sketch, seenOn: string): Views {
  const isNewDay = seenOn > day;
  const whole = isNewDay ? seen : mergeSketches(decodeSketch(sketch), seen);
  return {
    tweetId,
    day: isNewDay ? seenOn : day,
    sketch: encodeSketch(whole),
    today: estimate(whole),
    earlier: isNewDay ? earlier + today : earlier,
  };
}

/** Views are gathered for a second, in memory: a process that is killed loses those of its last second. */
export function createViewRecorder(
  database: Database,
  { logger, now = () => new Date() }: ViewRecorderOptions = {},
): ViewRecorder {
  let waiting = new Map<string, Sketch>();
  let waitingDay = '';
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();
  let isWriting = false;

  async function write(seen: ReadonlyMap<string, Sketch>, day: string): Promise<void> {
    const ids = [...seen.keys()];
    for (let start = 0; start < ids.length; start += TOGETHER) {
      await database.transaction(
        async (transaction) => {
          const rows = await lockViews(transaction, ids.slice(start, start + TOGETHER), day);
          await setViews(
            transaction,
            rows.map((row) => viewsWith(row, seen.get(row.tweetId) ?? new Map(), day)),
          );
        },
        { durable: false },
      );
    }
  }

  function flush(): Promise<void> {
    clearTimeout(timer);
    timer = undefined;
    const [seen, day] = [waiting, waitingDay];
    waiting = new Map();
    if (seen.size > 0) {
      isWriting = true;
      writing = writing
        .then(() => write(seen, day))
        .catch((error: unknown) => logger?.warn({ err: error, tweets: seen.size }, 'views of tweets were not counted'))
        .finally(() => {
          isWriting = false;
        });
    }
    return writing;
  }

  /** What comes while a database is slow is gathered for longer. */
  function flushLater(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      if (isWriting) flushLater();
      else void flush();
    }, FLUSH_AFTER_MS).unref();
  }

  return {
    record(userId, tweetIds) {
      const day = now().toISOString().slice(0, 10);
      if (day !== waitingDay) void flush();
      waitingDay = day;
      for (const tweetId of tweetIds) {
        let sketch = waiting.get(tweetId);
        if (!sketch) {
          if (waiting.size >= MOST_WAITING) continue;
          sketch = new Map();
          waiting.set(tweetId, sketch);
        }
        addToSketch(sketch, `${tweetId}:${day}:${userId}`);
      }
      flushLater();
    },
    flush,
    stop: flush,
  };
}
