import { type Flow, flow, type Taker, waitingTaker } from '@starling/platform/live';
import { GraphQLError } from 'graphql';

export interface BoundedStream<Value> {
  /** The reading side, once; `onStop` is called when the reader stops before the end. */
  stream(onStop: () => void): Flow<Value>;
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
  const reader = waitingTaker<Value>();
  let ended = false;
  let overrun = false;
  let stopped: (() => void) | undefined;

  const tellEnd = (taker: Taker<Value>) => {
    if (!overrun) return taker.end();
    overrun = false;
    taker.fail(
      new GraphQLError('Events came faster than they were read. Subscribe again.', {
        extensions: { code: 'SLOW_CLIENT' },
      }),
    );
  };

  const finish = () => {
    ended = true;
    const early = reader.letGo();
    if (early) tellEnd(early);
  };

  const stop = () => {
    waiting.length = 0;
    overrun = false;
    finish();
    stopped?.();
    stopped = undefined;
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

  function take(taker: Taker<Value>): void {
    if (isStale()) overrunNow();
    const first = waiting.shift();
    if (first) taker.value(first.value);
    else if (ended) tellEnd(taker);
    else reader.wait(taker);
  }

  return {
    push(value) {
      if (ended) return;
      const early = reader.letGo();
      if (early) return early.value(value);
      if (waiting.length >= bound) return overrunNow();
      waiting.push({ value, since: performance.now() });
    },
    end: finish,
    stream(onStop) {
      stopped = onStop;
      return flow({ take, leave: stop });
    },
  };
}
