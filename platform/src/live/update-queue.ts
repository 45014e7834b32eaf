import { type Flow, flow, type Taker, waitingTaker } from './flow.ts';

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
export interface UpdateQueue<Update> extends Flow<Update> {
  /** A reader who waits for it is told within the call. */
  push(update: Update): void;
  /** Puts `missed` before what waits; of that, and of what comes from now on, only what `isNew` is kept. */
  begin(missed: readonly Update[], isNew: (update: Update) => boolean): void;
  readonly hasEnded: boolean;
  end(): void;
}

export function updateQueue<Update>(options: UpdateQueueOptions<Update>): UpdateQueue<Update> {
  const { capacity, gapAfter, isStillDue, onEnd } = options;
  let waiting: Update[] = [];
  const reader = waitingTaker<Update>();
  let ended = false;
  let isWanted = (_update: Update) => true;

  const end = () => {
    if (ended) return;
    ended = true;
    waiting = [];
    reader.letGo()?.end();
    onEnd();
  };

  /** The first of what waits that is still due; of what is not, nothing is told. */
  async function nextDue(): Promise<Update | undefined> {
    for (let update = waiting.shift(); update !== undefined; update = waiting.shift()) {
      if (await isStillDue(update)) return update;
    }
    return undefined;
  }

  function takeWaiting(taker: Taker<Update>): void {
    nextDue().then(
      (update) => (update === undefined || ended ? take(taker) : taker.value(update)),
      (error: unknown) => {
        end();
        taker.fail(error);
      },
    );
  }

  function take(taker: Taker<Update>): void {
    if (ended) taker.end();
    else if (waiting.length > 0) takeWaiting(taker);
    else reader.wait(taker);
  }

  const handOver = (update: Update): boolean => {
    const early = reader.letGo();
    early?.value(update);
    return early !== undefined;
  };

  return {
    ...flow({ take, leave: end }),
    push(update) {
      if (ended || !isWanted(update) || handOver(update)) return;
      const last = waiting.at(-1);
      if (last !== undefined && waiting.length >= capacity) waiting = [gapAfter(last)];
      waiting.push(update);
    },
    begin(missed, isNew) {
      if (ended) return;
      isWanted = isNew;
      const [first, ...rest] = [...missed, ...waiting.filter(isNew)];
      waiting = rest;
      if (first !== undefined && !handOver(first)) waiting.unshift(first);
    },
    end,
    get hasEnded() {
      return ended;
    },
  };
}
