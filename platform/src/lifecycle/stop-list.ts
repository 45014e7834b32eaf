/** What has been started, in order, and how to stop it. */
export interface StopList {
  /** Remembers how to stop what has just been started. */
  add(name: string, stop: () => Promise<unknown>): void;
  /**
   * Stops everything, the last one started first, each when the one before has stopped. One that fails is told to
   * `onError` and does not keep the others running. Further calls wait for the first.
   */
  stop(): Promise<void>;
}

export function createStopList(onError: (name: string, error: unknown) => void): StopList {
  const started: { name: string; stop: () => Promise<unknown> }[] = [];
  let stopping: Promise<void> | undefined;

  const stopAll = async () => {
    for (let last = started.pop(); last; last = started.pop()) {
      try {
        await last.stop();
      } catch (error) {
        onError(last.name, error);
      }
    }
  };
  return {
    add(name, stop) {
      started.push({ name, stop });
    },
    stop() {
      stopping ??= stopAll();
      return stopping;
    },
  };
}
