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

/** Once `signal` is aborted nobody waits for what would be read, and it is not: `ready()` rejects. */
export function freshFrom(consumers: readonly CatchesUp[], signal?: AbortSignal): Freshness {
  let ready: Promise<unknown> | undefined;
  return {
    async ready() {
      signal?.throwIfAborted();
      ready ??= Promise.all(consumers.map((consumer) => consumer.caughtUp()));
      await ready;
      signal?.throwIfAborted();
    },
    expire() {
      ready = undefined;
    },
  };
}
