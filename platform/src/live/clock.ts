/** Calls `tick` again and again, never before the call before has ended, until it is stopped. Ticks do not reject. */
export type Clock = (tick: () => Promise<void>) => Ticking;

export interface Ticking {
  /** Resolves once no tick is under way, and none comes any more. */
  stop(): Promise<void>;
}

/** Leaves so much time between the end of a tick and the next. Keeps no process alive. */
export function every(ms: number): Clock {
  return (tick) => {
    let stopped = false;
    let underWay: Promise<void> = Promise.resolve();
    let timer: NodeJS.Timeout | undefined;
    const wait = () => {
      if (!stopped) timer = setTimeout(run, ms).unref();
    };
    const run = () => {
      underWay = tick().then(wait);
    };
    wait();
    return {
      async stop() {
        stopped = true;
        clearTimeout(timer);
        await underWay;
      },
    };
  };
}
