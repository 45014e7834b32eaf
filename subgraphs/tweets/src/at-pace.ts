import { setTimeout as pause } from 'node:timers/promises';
import type { CatchesUp } from '@starling/platform/batching';

/** Asks not more often than every so many milliseconds, together for all who wait meanwhile. */
export function atPace({ caughtUp }: CatchesUp, everyMs: number): CatchesUp {
  let notBefore = Number.NEGATIVE_INFINITY;
  let next: Promise<void> | undefined;
  return {
    caughtUp() {
      next ??= (async () => {
        await pause(Math.max(0, notBefore - performance.now()));
        notBefore = performance.now() + everyMs;
        // Who comes from now on may have seen what this does not.
        next = undefined;
        await caughtUp();
      })();
      return next;
    },
  };
}
