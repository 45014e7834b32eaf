import { setTimeout as pause } from 'node:timers/promises';
import { countOutstandingEvents, type EventLog } from '@starling/platform/event-log';
import type { Database } from '@starling/platform/postgres';
import type { Progress } from './progress.ts';

const LEAST_PAUSE_MS = 1_000;
/** Counting takes its share of the database: a twentieth of the time at most. */
const PAUSE_PER_COUNT = 20;

/**
 * Waits until copies, counts and timelines hold all that was imported, and shows how many events are still before the
 * consumers. What they do is shared with a product that runs on the same database.
 */
export async function catchUp(
  database: Database,
  eventLog: Pick<EventLog, 'processAll'>,
  progress: Progress,
): Promise<void> {
  const done = new AbortController();
  const finished = eventLog.processAll().finally(() => done.abort());
  const shown = show(database, progress, done.signal);
  await Promise.all([finished, shown]);
}

async function show(database: Database, progress: Progress, done: AbortSignal): Promise<void> {
  let total = await countOutstandingEvents(database);
  const phase = progress.phase('Events handled', total);
  while (!done.aborted) {
    const began = performance.now();
    const left = await countOutstandingEvents(database);
    total = Math.max(total, left);
    phase.set(total - left, total);
    const wait = Math.max(LEAST_PAUSE_MS, PAUSE_PER_COUNT * (performance.now() - began));
    await pause(wait, undefined, { signal: done }).catch(() => undefined);
  }
  phase.end();
}
