import { FINISHED, inTurns } from './in-turns.ts';

export interface UpdateQueueOptions<Update> {
  /** Updates that wait at most. */
  readonly capacity: number;
  /** What stands in the place of updates that were dropped because the reader is slow; `last` is the newest of them. */
  readonly gapAfter: (last: Update) => Update;
  /** Asked about an update that had to wait, as it is about to be delivered: false drops it silently. */
  readonly isStillDue: (update: Update) => Promise<boolean>;
  /** Called once, when the reader has ended or the queue was ended. */
  readonly onEnd: () => void;
}

/** Updates on their way to one reader: bounded, in order, each delivered once. */
export interface UpdateQueue<Update> extends AsyncIterableIterator<Update, undefined> {
  push(update: Update): void;
  /** Puts `missed` before what waits; of that, and of what comes from now on, only what `isNew` is kept. */
  begin(missed: readonly Update[], isNew: (update: Update) => boolean): void;
  readonly hasEnded: boolean;
  end(): void;
  return(): Promise<IteratorReturnResult<undefined>>;
}

export function updateQueue<Update>(options: UpdateQueueOptions<Update>): UpdateQueue<Update> {
  const { capacity, gapAfter, isStillDue, onEnd } = options;
  let waiting: Update[] = [];
  let reader: ((result: IteratorResult<Update, undefined>) => void) | undefined;
  let ended = false;
  let isWanted = (_update: Update) => true;

  const end = () => {
    if (ended) return;
    ended = true;
    waiting = [];
    reader?.(FINISHED);
    onEnd();
  };

  async function take(): Promise<IteratorResult<Update, undefined>> {
    while (!ended) {
      const update = waiting.shift();
      if (update === undefined) {
        return new Promise((resolve) => {
          reader = resolve;
        });
      }
      if (await isStillDue(update)) return ended ? FINISHED : { done: false, value: update };
    }
    return FINISHED;
  }

  const handOver = (update: Update): boolean => {
    if (!reader) return false;
    reader({ done: false, value: update });
    reader = undefined;
    return true;
  };

  return {
    push(update) {
      if (ended || !isWanted(update) || handOver(update)) return;
      const last = waiting.at(-1);
      if (last !== undefined && waiting.length >= capacity) waiting = [gapAfter(last)];
      waiting.push(update);
    },
    begin(missed, isNew) {
      if (ended) return;
      isWanted = isNew;
      waiting = [...missed, ...waiting.filter(isNew)];
      const [first] = waiting;
      if (first !== undefined && handOver(first)) waiting.shift();
    },
    get hasEnded() {
      return ended;
    },
    end,
    ...inTurns(take, end),
  };
}
