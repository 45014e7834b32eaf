import { setTimeout as pause } from 'node:timers/promises';
import type { CatchesUp } from '@starling/platform/batching';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { isShown } from '../changes/readers.ts';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** A database that is away for longer ends the stream. */
const PATIENCE_MS = 30_000;

export interface StillShownParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

/**
 * Whether an entry that had to wait still stands in the viewer's home, by all that is committed at this moment. While that
 * cannot be told, it waits on, and rejects in the end.
 */
export function stillShown({ database, copies, logger }: StillShownParts) {
  return async (viewerId: string, entryId: string, hasLeft: () => boolean): Promise<boolean> => {
    const patienceEnds = performance.now() + PATIENCE_MS;
    for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
      try {
        await copies.caughtUp();
        return await isShown(database, viewerId, entryId);
      } catch (error) {
        if (hasLeft()) return false;
        if (performance.now() + wait > patienceEnds) throw error;
        logger?.warn({ err: error }, 'a waiting update cannot be checked and waits on');
        await pause(wait);
      }
    }
  };
}
