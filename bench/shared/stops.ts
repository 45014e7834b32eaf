interface Stops {
  /** Remembers how to stop what has been started. */
  add(stop: () => Promise<void>): void;
  /** Stops each, also when one before it could not be; throws what went wrong then. A second call waits for the first. */
  all(): Promise<void>;
}

/** What has been started, to be stopped in the other order. */
function createStops(): Stops {
  const stops: (() => Promise<void>)[] = [];
  let stopping = Promise.resolve();
  const stopThese = async () => {
    const failures: unknown[] = [];
    for (const stop of stops.splice(0)) await stop().catch((error: unknown) => failures.push(error));
    if (failures.length > 0) throw failures[0];
  };
  return {
    add: (stop) => void stops.unshift(stop),
    all() {
      stopping = stopping.then(stopThese, stopThese);
      return stopping;
    },
  };
}

/** Runs a bench to its end: whatever it started ends with it, also by Ctrl-C. */
export async function runBench(bench: (stops: Stops) => Promise<void>): Promise<void> {
  const stops = createStops();
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => {
      stops.all().then(
        () => process.exit(130),
        () => process.exit(1),
      );
    });
  }
  try {
    await bench(stops);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  } finally {
    await stops.all();
  }
}

export type { Stops };
