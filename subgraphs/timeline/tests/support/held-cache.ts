import type { TimelineCache } from '@starling/timeline';

export interface HeldCache extends TimelineCache {
  /** From now on pushes do not arrive: fan-out is as late as the test wants it. */
  hold(): void;
  /** Lets everything through that was held, and what comes after it. */
  release(): void;
}

export function heldCache(cache: TimelineCache): HeldCache {
  let gate = Promise.resolve();
  let open = () => {};
  return {
    ...cache,
    async push(pushes, rest) {
      await gate;
      await cache.push(pushes, rest);
    },
    hold() {
      open();
      gate = new Promise((resolve) => {
        open = resolve;
      });
    },
    release: () => open(),
  };
}
