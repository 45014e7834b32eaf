import { FINISHED, inTurns } from '@starling/platform/live';
import type { TweetState } from './tweet-state.ts';

export interface TweetWatcherOptions {
  /** What the reader has: a state at the same position is not told. */
  readonly told: string;
  /** The state as this reader may see it, at the moment of delivery. */
  readonly asSeen: (state: TweetState, hasLeft: () => boolean) => Promise<TweetState>;
  readonly onEnd: () => void;
}

/** One reader of a tweet's states: whatever waits, the newest of it is all there is. */
export interface TweetWatcher extends AsyncIterableIterator<TweetState['value'], undefined> {
  /** `look` numbers the looks at the tweet as they begin: what an earlier one has found is not told after a later one. */
  push(state: TweetState, look: number): void;
  end(): void;
  return(): Promise<IteratorReturnResult<undefined>>;
}

export function tweetWatcher({ told: before, asSeen, onEnd }: TweetWatcherOptions): TweetWatcher {
  let told = before;
  let waiting: TweetState | undefined;
  let lastLook = 0;
  let wake = () => {};
  let ended = false;

  function end(): void {
    if (ended) return;
    ended = true;
    waiting = undefined;
    wake();
    onEnd();
  }

  async function take(): Promise<IteratorResult<TweetState['value'], undefined>> {
    while (!ended) {
      if (!waiting) {
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
        continue;
      }
      const next = waiting;
      waiting = undefined;
      const seen = await asSeen(next, () => ended);
      if (ended || seen.position === told) continue;
      told = seen.position;
      return { done: false, value: seen.value };
    }
    return FINISHED;
  }

  return {
    push(state, look) {
      if (ended || look < lastLook) return;
      lastLook = look;
      waiting = state;
      wake();
    },
    end,
    ...inTurns(take, end),
  };
}
