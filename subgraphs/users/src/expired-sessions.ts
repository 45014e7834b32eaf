import { deleteExpiredSessions } from './session-store.ts';
import type { UsersParts } from './users-parts.ts';

const HOUR_MS = 60 * 60 * 1_000;
const BATCH = 1_000;

/** Deletes the sessions whose time is over, in batches that lock nobody for long. An expired session is already dead to all. */
export async function forgetExpiredSessions({ database, now }: Pick<UsersParts, 'database' | 'now'>): Promise<void> {
  while ((await deleteExpiredSessions(database, now(), BATCH)) === BATCH);
}

/** Does so every hour; answers the function that stops it, once the round under way is done. */
export function keepForgettingExpiredSessions(parts: UsersParts): () => Promise<void> {
  let round = Promise.resolve();
  const timer = setInterval(() => {
    round = round
      .then(() => forgetExpiredSessions(parts))
      .catch((error: unknown) => parts.logger.error({ err: error }, 'expired sessions stay until the next round'));
  }, HOUR_MS);
  timer.unref();
  return async () => {
    clearInterval(timer);
    await round;
  };
}
