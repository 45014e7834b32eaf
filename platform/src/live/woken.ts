import type { Clock } from './clock.ts';

export interface WokenOptions {
  /** Does everything that there is to do at this moment. `isStopping` tells when to leave the rest. */
  readonly work: (isStopping: () => boolean) => Promise<void>;
  /** Told of work that failed where nobody waited for it; the clock tries again. */
  readonly onFailure: (error: unknown) => void;
  /** When to look whether there is work that nobody told of. */
  readonly clock: Clock;
}

/** Work that is done when somebody says that there is some, and by the clock; never twice at once. */
export interface Woken {
  start(): void;
  /** There is something to do: does not wait for it. Work that is under way is followed by more. */
  wake(): void;
  /** Does it, and waits until what there was at the call is done. */
  run(): Promise<void>;
  /** Resolves once the work under way has ended. */
  stop(): Promise<void>;
}

/** Takes what waits, some at a time, and does all that was taken, until nothing is left or the rest is to be left. */
export async function untilNoneWaits<Item>(
  isStopping: () => boolean,
  take: () => Promise<readonly Item[]>,
  each: (item: Item) => Promise<void>,
): Promise<void> {
  while (!isStopping()) {
    const taken = await take();
    if (taken.length === 0) return;
    await Promise.all(taken.map(each));
  }
}

export function woken({ work, onFailure, clock }: WokenOptions): Woken {
  let ticking: ReturnType<typeof clock> | undefined;
  let underWay: Promise<void> | undefined;
  let isWanted = false;
  let isStopping = false;

  const run = async (): Promise<void> => {
    isWanted = true;
    underWay ??= (async () => {
      try {
        while (isWanted && !isStopping) {
          isWanted = false;
          await work(() => isStopping);
        }
      } finally {
        underWay = undefined;
      }
    })();
    await underWay;
  };
  const tick = () => run().catch(onFailure);

  return {
    start() {
      ticking = clock(tick);
    },
    wake() {
      if (ticking && !isStopping) void tick();
    },
    run,
    async stop() {
      isStopping = true;
      await ticking?.stop();
      await underWay?.catch(() => {
        // It has been told where it was begun.
      });
    },
  };
}
