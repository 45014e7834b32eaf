import { setTimeout as pause } from 'node:timers/promises';
import { isOutage } from '../../postgres/outage.ts';
import type { Event } from '../event.ts';

/** An event that a group has gone on without. */
export interface DeadLetter {
  readonly event: Event;
  readonly group: string;
  readonly error: Error;
  readonly attempts: number;
}

const BATCH_ATTEMPTS = 3;
const EVENT_ATTEMPTS = 5;
const FIRST_PAUSE_MS = 10;
/** Pauses of a batch, all in all: when every event of it fails, the group is not held up by each of them. */
const PATIENCE_MS = 2_000;

/**
 * Hands a batch over: together at first, and when that keeps failing event by event. Answers the events that failed each
 * time on their own. A failure that no event is to blame for (a database that is away, a consumer that has stopped) is
 * thrown instead: nothing of the batch is then known to be handled.
 */
export async function deliver(
  group: string,
  handle: (events: readonly Event[]) => Promise<void>,
  events: readonly Event[],
  onFailure: (error: Error, events: readonly Event[]) => void,
): Promise<DeadLetter[]> {
  let patience = PATIENCE_MS;
  const attempt = async (batch: readonly Event[], attempts: number): Promise<Error | undefined> => {
    for (let attemptNumber = 1; ; attemptNumber++) {
      try {
        await handle(batch);
        return undefined;
      } catch (thrown) {
        const error = thrown instanceof Error ? thrown : new Error(String(thrown));
        onFailure(error, batch);
        if (attemptNumber === attempts) {
          if (isOutage(error)) throw error;
          return error;
        }
        const wait = Math.min(FIRST_PAUSE_MS * 2 ** (attemptNumber - 1), patience);
        patience -= wait;
        await pause(wait);
      }
    }
  };

  if (!(await attempt(events, BATCH_ATTEMPTS))) return [];
  const dead: DeadLetter[] = [];
  for (const event of events) {
    const error = await attempt([event], EVENT_ATTEMPTS);
    if (error) dead.push({ event, group, error, attempts: BATCH_ATTEMPTS + EVENT_ATTEMPTS });
  }
  return dead;
}
