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
  /**
   * What was found to be due in this moment. A reader who waits is told the first of it within the call, and of the rest as much
   * as it takes within the call; what is left waits.
   */
  push(updates: readonly Update[]): void;
  /** Puts `missed` before what waits; of that, and of what comes from now on, only what `isNew` is kept. */
  begin(missed: readonly Update[], isNew: (update: Update) => boolean): void;
  readonly hasEnded: boolean;
  end(): void;
}

export function updateQueue<Update>(options: UpdateQueueOptions<Update>): UpdateQueue<Update> {
  const { capacity, gapAfter, isStillDue, onEnd } = options;
  let waiting: Update[] = [];
  /** What is being pushed to a reader who takes it, and how far that has come. */
  let passing: readonly Update[] | undefined;
  let passed = 0;
  const reader = waitingTaker<Update>();
  let ended = false;
  let isWanted: ((update: Update) => boolean) | undefined;

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
    const update = passing?.[passed];
    if (ended) taker.end();
    else if (update !== undefined) {
      passed++;
      taker.value(update);
    } else if (waiting.length > 0) takeWaiting(taker);
    else reader.wait(taker);
  }

  /** Tells a reader who waits, and then waits for nothing else; answers how many it has taken. */
  function pass(updates: readonly Update[]): number {
    const [first] = updates;
    const early = first === undefined ? undefined : reader.letGo();
    if (first === undefined || !early) return 0;
    passing = updates;
    passed = 1;
    early.value(first);
    passing = undefined;
    return passed;
  }

  function wait(update: Update): void {
    const last = waiting.at(-1);
    if (last !== undefined && waiting.length >= capacity) waiting = [gapAfter(last)];
    waiting.push(update);
  }

  return {
    ...flow({ take, leave: end }),
    push(updates) {
      if (ended) return;
      const wanted = isWanted ? updates.filter(isWanted) : updates;
      for (let at = pass(wanted); at < wanted.length && !ended; at++) wait(wanted[at] as Update);
    },
    begin(missed, isNew) {
      if (ended) return;
      isWanted = isNew;
      const [first, ...rest] = [...missed, ...waiting.filter(isNew)];
      waiting = rest;
      if (first !== undefined && pass([first]) === 0) waiting.unshift(first);
    },
    end,
    get hasEnded() {
      return ended;
    },
  };
}
