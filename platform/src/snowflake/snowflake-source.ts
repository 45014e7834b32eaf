import type { Kind } from './id.ts';

/** Makes ids that no other running process makes, each later than the last of its kind, also when the clock steps back. */
export interface SnowflakeSource {
  /** A new id. Waits (a millisecond at a time) when the clock stepped back or 4,096 were made in this millisecond. */
  next(kind: Kind): Promise<string>;
  /** Gives the leased writer number back. */
  stop(): Promise<void>;
}
