import { setTimeout as pause } from 'node:timers/promises';
import type { Logger } from 'pino';

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;
/** A database that is away for longer ends the stream. */
const PATIENCE_MS = 30_000;

/**
 * What has to be known before an update is delivered, such as whether it still may be, as `check` says. While that cannot be
 * told, it waits on, and rejects in the end. Once `hasLeft`, nobody wants to know: undefined.
 */
export async function untilKnown<Known>(
  check: () => Promise<Known>,
  hasLeft: () => boolean,
  logger?: Logger | undefined,
): Promise<Known | undefined> {
  const patienceEnds = performance.now() + PATIENCE_MS;
  for (let wait = FIRST_PAUSE_MS; ; wait = Math.min(2 * wait, LONGEST_PAUSE_MS)) {
    try {
      return await check();
    } catch (error) {
      if (hasLeft()) return undefined;
      if (performance.now() + wait > patienceEnds) throw error;
      logger?.warn({ err: error }, 'a waiting update cannot be checked and waits on');
      await pause(wait);
    }
  }
}
