import { setTimeout as pause } from 'node:timers/promises';
import type { CatchesUp } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { countChanges } from '../consumers/count-changes.ts';
import { keepSums } from '../count-state-store.ts';
import { type CountSums, sumsOf, type Turn } from './count-sums.ts';
import { type EventToSum, getEventsToSum } from './events-to-sum-store.ts';

/** Between two additions of a process; who has the turn has it for somewhat less, so as to get it again. */
const PACE_MS = 50;
const TURN_MS = 40;
const PAUSE_AFTER_FAILURE_MS = 1_000;

/**
 * Events in the sums from which on rows are to be written at once, less than one batch of that takes; and at most, about 100
 * bytes each.
 */
const WRITE_AT = 3_000;
const MOST_EVENTS = 40_000;

/** Whoever counts takes its time for so long after it was told that sums are kept; it is told so often. */
const KEPT_FOR_MS = 10_000;
const TELL_EVERY_MS = 3_000;

export interface FolderParts {
  readonly database: Database;
  readonly sums: CountSums;
  /** What writes rows: asked when there is more to be summed than is taken at once, or than sums hold. */
  readonly counts: CatchesUp;
  readonly logger?: Logger | undefined;
}

/** Folds events into the sums as they come; any process may, and one at a time does. */
export interface Folder {
  /** Something has been committed: does not wait for it. */
  wake(): void;
  /** One look. 'later' when there is, or may be, something left to be done. */
  fold(): Promise<'done' | 'later' | 'away'>;
  stop(): Promise<void>;
}

export function createFolder({ database, sums, counts, logger }: FolderParts): Folder {
  const stopping = new AbortController();
  const stopped = new Promise<void>((resolve) => {
    stopping.signal.addEventListener('abort', () => resolve());
  });
  let isWanted = false;
  let underWay: Promise<void> | undefined;
  let writing: Promise<void> | undefined;
  /** The state whose sums have come to be many enough: asked for once. */
  let full: string | undefined;
  let toldAt = Number.NEGATIVE_INFINITY;

  function writeRows(): void {
    writing ??= counts
      .caughtUp()
      .catch((error) => {
        full = undefined;
        if (!stopping.signal.aborted)
          logger?.warn({ err: error }, 'counts of tweets were not written and will be later');
      })
      .finally(() => {
        writing = undefined;
      });
  }

  async function tellThatSumsAreKept(): Promise<void> {
    if (performance.now() - toldAt < TELL_EVERY_MS) return;
    if (await keepSums(database, KEPT_FOR_MS)) toldAt = performance.now();
  }

  async function fold(): Promise<'done' | 'later' | 'away'> {
    const turn = await sums.takeTurn(TURN_MS);
    return typeof turn === 'string' ? turn : foldFrom(turn);
  }

  async function foldFrom({ place, events: held }: Turn): Promise<'done' | 'later'> {
    const { to, events, isBehind } = await getEventsToSum(database, place);
    const isSame = place?.base === to?.base;
    if (!to || isBehind || (isSame && held >= MOST_EVENTS)) {
      writeRows();
      return 'later';
    }
    if (events.length === 0) return 'done';
    const add = (fresh: readonly EventToSum[]) =>
      sums.add(place, { to, eventIds: fresh.map(({ id }) => id), sums: sumsOf(countChanges(fresh)) });
    let added = await add(events);
    if (added.kind === 'known') {
      // They were sent again, under their old ids.
      const known = new Set(added.eventIds);
      added = await add(events.filter(({ id }) => !known.has(id)));
    }
    if (added.kind !== 'added') return 'later';
    if (added.events >= WRITE_AT && full !== to.base) {
      full = to.base;
      writeRows();
    }
    await tellThatSumsAreKept();
    return 'done';
  }

  async function foldWhatIsWanted(): Promise<void> {
    while (isWanted && !stopping.signal.aborted) {
      isWanted = false;
      let waitMs = PACE_MS;
      try {
        if ((await fold()) === 'later') {
          isWanted = true;
          // Where there is too much, until it has been written.
          await Promise.race([writing, stopped]);
        }
      } catch (error) {
        if (stopping.signal.aborted) return;
        logger?.warn({ err: error }, 'counts of tweets could not be summed and will be later');
        isWanted = true;
        waitMs = PAUSE_AFTER_FAILURE_MS;
      }
      await Promise.race([pause(waitMs, undefined, { ref: false }), stopped]);
    }
  }

  return {
    wake() {
      isWanted = true;
      underWay ??= foldWhatIsWanted().finally(() => {
        underWay = undefined;
      });
    },
    fold,
    async stop() {
      stopping.abort();
      await underWay;
    },
  };
}
