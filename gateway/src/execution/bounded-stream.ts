import { GraphQLError } from 'graphql';

export interface BoundedStream<Value> {
  /** The reading side, once; `onStop` is called when the reader stops before the end. */
  stream(onStop: () => void): AsyncGenerator<Value, void, undefined>;
  /** Values beyond the bound end the stream: the reader gets what waits, then `SLOW_CLIENT`. */
  push(value: Value): void;
  end(): void;
}

export interface BoundedStreamOptions {
  /**
   * For values that can be asked for again: one that has waited longer is not given any more, nor is anything that waits
   * when the bound is passed. The reader gets `SLOW_CLIENT` at once.
   */
  readonly staleAfterMs?: number;
}

/** Values that somebody pushes, for somebody who pulls, at most `bound` of them waiting. */
export function boundedStream<Value>(bound: number, { staleAfterMs }: BoundedStreamOptions = {}): BoundedStream<Value> {
  const waiting: { readonly value: Value; readonly since: number }[] = [];
  let ended = false;
  let overrun = false;
  let stopped: (() => void) | undefined;
  let wake: (() => void) | undefined;

  const finish = () => {
    ended = true;
    wake?.();
  };

  const overrunNow = () => {
    if (staleAfterMs !== undefined) waiting.length = 0;
    overrun = true;
    finish();
    stopped?.();
    stopped = undefined;
  };

  const isStale = () =>
    staleAfterMs !== undefined && waiting[0] !== undefined && performance.now() - waiting[0].since > staleAfterMs;

  async function next(): Promise<IteratorResult<Value, void>> {
    if (isStale()) overrunNow();
    while (waiting.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
    const first = waiting.shift();
    if (first) return { done: false, value: first.value };
    if (overrun) {
      overrun = false;
      throw new GraphQLError('Events came faster than they were read. Subscribe again.', {
        extensions: { code: 'SLOW_CLIENT' },
      });
    }
    return { done: true, value: undefined };
  }

  function stop(): IteratorReturnResult<void> {
    waiting.length = 0;
    overrun = false;
    finish();
    stopped?.();
    stopped = undefined;
    return { done: true, value: undefined };
  }

  return {
    push(value) {
      if (ended) return;
      if (waiting.length >= bound) return overrunNow();
      waiting.push({ value, since: performance.now() });
      wake?.();
    },
    end: finish,
    stream(onStop) {
      stopped = onStop;
      return {
        next,
        return: async () => stop(),
        async throw(error) {
          stop();
          throw error;
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
  };
}
