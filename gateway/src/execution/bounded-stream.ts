import { GraphQLError } from 'graphql';

export interface BoundedStream<Value> {
  /** The reading side, once; `onStop` is called when the reader stops before the end. */
  stream(onStop: () => void): AsyncGenerator<Value, void, undefined>;
  /** Values beyond the bound end the stream: the reader gets what waits, then `SLOW_CLIENT`. */
  push(value: Value): void;
  end(): void;
}

/** Values that somebody pushes, for somebody who pulls, at most `bound` of them waiting. */
export function boundedStream<Value>(bound: number): BoundedStream<Value> {
  const waiting: Value[] = [];
  let ended = false;
  let overrun = false;
  let stopped: (() => void) | undefined;
  let wake: (() => void) | undefined;

  const finish = () => {
    ended = true;
    wake?.();
  };

  async function next(): Promise<IteratorResult<Value, void>> {
    while (waiting.length === 0 && !ended) {
      await new Promise<void>((resolve) => {
        wake = resolve;
      });
      wake = undefined;
    }
    if (waiting.length > 0) return { done: false, value: waiting.shift() as Value };
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
      if (waiting.length >= bound) {
        overrun = true;
        finish();
        stopped?.();
        stopped = undefined;
        return;
      }
      waiting.push(value);
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
