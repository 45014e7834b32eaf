import type { ServerResponse } from 'node:http';
import { type Ending, OpenEnding } from '../batching/ending.ts';

/**
 * How many milliseconds whoever asks will wait from now on. Believed only in requests that bring an identity, which no
 * client can make, and within bounds.
 */
export const DEADLINE_HEADER = 'starling-deadline-ms';

const LONGEST_MS = 60_000;

/** The milliseconds within bounds; the longest for what is no number. */
export function boundedDeadline(given: unknown): number {
  return typeof given === 'number' && given >= 0 ? Math.min(Math.max(given, 1), LONGEST_MS) : LONGEST_MS;
}

/** The milliseconds of a header; the longest when it is absent, or says nothing of use. */
export function deadlineOf(header: unknown): number {
  return boundedDeadline(typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : undefined);
}

/** Until the deadline passes, or the connection closes before the answer is written. */
export function whileAwaited(response: ServerResponse, milliseconds: number): Ending {
  const over = new OpenEnding();
  const timer = setTimeout(() => over.abort(), milliseconds);
  response.on('close', () => {
    clearTimeout(timer);
    if (!response.writableFinished) over.abort();
  });
  return over;
}
