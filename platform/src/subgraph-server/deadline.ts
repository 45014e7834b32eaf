import type { ServerResponse } from 'node:http';
import { type Ending, OpenEnding } from '../batching/ending.ts';

/**
 * How many milliseconds whoever asks will wait from now on. Believed only in requests that bring an identity, which no
 * client can make, and within bounds.
 */
export const DEADLINE_HEADER = 'starling-deadline-ms';

const LONGEST_MS = 60_000;

/** The milliseconds of a header; the longest when it is absent, or says nothing of use. */
export function deadlineOf(header: unknown): number {
  const given = typeof header === 'string' && /^\d{1,9}$/.test(header) ? Number(header) : LONGEST_MS;
  return Math.min(Math.max(given, 1), LONGEST_MS);
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
