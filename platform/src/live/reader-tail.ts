import type { NumberRange } from './live-streams.ts';

export interface ReaderTailOptions {
  readonly hasReaders: () => boolean;
  /** The number of the newest there is, as one to remember. */
  readonly newest: () => Promise<bigint>;
  /** Where a batch of what is in this range ends. */
  readonly endOfBatch: (range: NumberRange) => Promise<bigint>;
  /** Whoever delivers a range in parts says after each up to where it has: what fails then is not told twice. */
  readonly deliver: (range: NumberRange, reached: (number: bigint) => void) => Promise<void>;
  /** Told that there is less than was delivered: the database is an earlier one, and the tail begins anew. */
  readonly lost: (newest: bigint) => void;
}

/** Follows something in the order of its numbers while there is somebody to tell. */
export interface ReaderTail {
  /** Everything up to this number has been delivered to whoever was there; undefined while nobody is. */
  readonly position: bigint | undefined;
  /** Told of a reader who is there now: what is new from the moment on in which this resolves is delivered to them. */
  follow(): Promise<void>;
  /** Delivers everything there is. One call at a time. A failure leaves the position where the last good batch, or part of one, ended. */
  drain(): Promise<void>;
}

export function readerTail({ hasReaders, newest, endOfBatch, deliver, lost }: ReaderTailOptions): ReaderTail {
  /** Undefined while nobody reads: nothing is asked for then, and whoever comes begins at the newest. */
  let position: bigint | undefined;
  let beginning: Promise<void> | undefined;

  async function begin(): Promise<void> {
    try {
      position = await newest();
    } finally {
      beginning = undefined;
    }
  }

  return {
    get position() {
      return position;
    },
    async follow() {
      if (position !== undefined) return;
      beginning ??= begin();
      await beginning;
    },
    async drain() {
      // What is new while the first reader's place is looked up may lie beyond it.
      await beginning;
      while (position !== undefined) {
        if (!hasReaders()) {
          position = undefined;
          return;
        }
        const upToNow = await newest();
        if (upToNow < position) {
          position = upToNow;
          lost(upToNow);
        }
        if (upToNow === position) return;
        const upTo = await endOfBatch({ after: position, upTo: upToNow });
        await deliver({ after: position, upTo }, (number) => {
          position = number;
        });
        position = upTo;
      }
    },
  };
}
