import type { CatchesUp } from '@starling/platform/batching';
import { untilKnown } from '@starling/platform/live';
import type { Database } from '@starling/platform/postgres';
import type { Logger } from 'pino';
import { isShown } from '../changes/readers.ts';

export interface StillShownParts {
  readonly database: Database;
  readonly copies: CatchesUp;
  readonly logger?: Logger | undefined;
}

/** Whether an entry that had to wait still stands in the viewer's home, by all that is committed at this moment. */
export function stillShown({ database, copies, logger }: StillShownParts) {
  return (viewerId: string, entryId: string, hasLeft: () => boolean): Promise<boolean> =>
    untilKnown(
      async () => {
        await copies.caughtUp();
        return isShown(database, viewerId, entryId);
      },
      hasLeft,
      logger,
    );
}
