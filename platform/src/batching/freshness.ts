/** What is asked whether it has handled all that was committed so far. */
export interface CatchesUp {
  caughtUp(): Promise<void>;
}

/**
 * One request's promise that it reads nothing older than its own beginning: batch functions await `ready()` before they
 * read. The answer is kept for the request; after a write of its own, `expire()` makes the next read ask again.
 */
export interface Freshness {
  ready(): Promise<void>;
  expire(): void;
}

export function freshFrom(consumers: readonly CatchesUp[]): Freshness {
  let ready: Promise<unknown> | undefined;
  return {
    async ready() {
      ready ??= Promise.all(consumers.map((consumer) => consumer.caughtUp()));
      await ready;
    },
    expire() {
      ready = undefined;
    },
  };
}
