import type { Clock } from '@starling/platform/snowflake';

export interface ManualClock extends Clock {
  ms: number;
  /** How long anybody has waited for it, in milliseconds. */
  waited: number;
}

/** A clock that moves when it is told to, or waited for. */
export function manualClock(ms: number): ManualClock {
  return {
    ms,
    waited: 0,
    now() {
      return this.ms;
    },
    async wait(step) {
      this.ms += step;
      this.waited += step;
    },
  };
}
