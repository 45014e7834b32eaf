import type { Clock } from '@starling/platform/live';

export interface ManualClock {
  readonly clock: Clock;
  /** Resolves when everybody who listens to the clock has done what a tick asks for. */
  tick(): Promise<void>;
}

/** A clock that ticks when a test wants it to, and not before. */
export function manualClock(): ManualClock {
  const listeners = new Set<() => Promise<void>>();
  return {
    clock(listener) {
      listeners.add(listener);
      return {
        async stop() {
          listeners.delete(listener);
        },
      };
    },
    async tick() {
      await Promise.all([...listeners].map((listener) => listener()));
    },
  };
}
