import { type Sees, seenIn } from './snapshot.ts';

/** What a group has still to handle. */
export interface Outstanding {
  /** Of whose events it is; undefined when that is not known. */
  readonly transactions: readonly string[] | undefined;
  /** It was found by a question that was asked after so many windows; what is no such finding, and true for good, has none. */
  readonly after?: number;
}

/**
 * What a group is known to have handled here, as long as the process lives: the windows that came to their end. It spares
 * whoever waits for such a window the question whether that was all.
 */
export interface Handled {
  /** How many windows came to their end so far. */
  readonly windows: number;
  /** Begins one; answers what is to be called once everything in the snapshot that it was opened with has been handled. */
  begin(): (snapshot: string) => void;
  /**
   * True when nothing is outstanding of it any more. What a question finds although the window was over before it, is not believed
   * to be handled: somebody may have set the group back.
   */
  covers(outstanding: Outstanding): boolean;
  /** Resolves when the next window comes to its end. */
  readonly nextWindow: Promise<void>;
  /** The server may have crashed: numbers of transactions may mean others than they did. */
  forget(): void;
}

export function handledWindows(): Handled {
  let windows = 0;
  let sees: Sees = () => false;
  let epoch = {};
  let tell = () => {};
  let nextWindow = Promise.resolve();
  const expectNext = () => {
    nextWindow = new Promise((resolve) => {
      tell = resolve;
    });
  };
  expectNext();
  return {
    get windows() {
      return windows;
    },
    get nextWindow() {
      return nextWindow;
    },
    begin() {
      const begunIn = epoch;
      return (snapshot) => {
        if (epoch !== begunIn) return;
        windows++;
        sees = seenIn(snapshot);
        tell();
        expectNext();
      };
    },
    covers: ({ transactions, after }) =>
      transactions !== undefined && (after === undefined || windows > after) && transactions.every(sees),
    forget() {
      epoch = {};
      sees = () => false;
    },
  };
}
