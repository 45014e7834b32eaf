import { setTimeout } from 'node:timers/promises';
import { snowflakeMs } from '@starling/platform/snowflake';
import type { Rest } from '../timeline-cache/timeline-cache.ts';
import type { NewEntry } from './new-entries.ts';

/** Entries are delivered at leisure while they are younger than this: what is later is delivered as fast as it goes. */
const LEISURE_MS = 1_000;
/** The share of the time that is worked, while there is leisure. */
const SHARE_OF_TIME = 1 / 3;

/** All in milliseconds. */
export interface Time {
  /** Since 1970. */
  readonly date: () => number;
  /** On a clock that never steps back. */
  readonly elapsed: () => number;
  readonly pause: (ms: number) => Promise<unknown>;
}

const REAL: Time = { date: Date.now, elapsed: () => performance.now(), pause: (ms) => setTimeout(ms) };

/**
 * The rests between pieces of a delivery, so that pages come through in between: reads wait for no delivery, but they share
 * the machine with it. None when the oldest of the entries is late already; and however clocks differ, they are over after
 * `LEISURE_MS`.
 */
export function restFor(entries: readonly Pick<NewEntry, 'id'>[], { date, elapsed, pause } = REAL): Rest | undefined {
  const oldest = Math.min(...entries.map(({ id }) => snowflakeMs(id)));
  const leisure = Math.min(oldest + LEISURE_MS - date(), LEISURE_MS);
  if (leisure <= 0) return undefined;
  const until = elapsed() + leisure;
  return async (workedMs) => {
    const left = until - elapsed();
    if (left > 0) await pause(Math.min(workedMs * (1 / SHARE_OF_TIME - 1), left));
  };
}
