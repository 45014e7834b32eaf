import { every, type Woken, woken } from '@starling/platform/live';
import { deleteExpiredSessions } from './session-store.ts';
import type { UsersParts } from './users-parts.ts';

const HOUR_MS = 60 * 60 * 1_000;
const BATCH = 1_000;

/** Deletes the sessions whose time is over, in batches that lock nobody for long. An expired session is already dead to all. */
export async function forgetExpiredSessions({ database, now }: Pick<UsersParts, 'database' | 'now'>): Promise<void> {
  while ((await deleteExpiredSessions(database, now(), BATCH)) === BATCH);
}

/** Does so every hour. */
export function expiredSessionsForgetter(parts: Pick<UsersParts, 'database' | 'now' | 'logger'>): Woken {
  return woken({
    clock: every(HOUR_MS),
    onFailure: (error) => parts.logger.error({ err: error }, 'expired sessions stay until the next round'),
    work: () => forgetExpiredSessions(parts),
  });
}
