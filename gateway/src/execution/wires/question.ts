import type { Ending } from '@starling/platform/batching';

export interface WireAnswer {
  /** As over HTTP. */
  readonly status: number;
  readonly body: unknown;
}

export interface Asking {
  readonly number: number;
  /** The longest that the answer may take. */
  readonly deadlineMs: number;
  /** Whoever waits for the answer. */
  readonly patience: Ending | undefined;
  readonly resolve: (answer: WireAnswer) => void;
  readonly reject: (fault: Error) => void;
  /** Told when it is over before there is an answer; `late` when that was for lack of time. */
  readonly onGivenUp: (question: Question, late: boolean) => void;
}

/** One question, until it is answered, late, or nobody waits for it any more. */
export class Question {
  readonly askedAt = performance.now();
  readonly #asking: Asking;
  readonly #timer: NodeJS.Timeout;

  constructor(asking: Asking) {
    this.#asking = asking;
    // The same time for all of them: such timers cost next to nothing.
    this.#timer = setTimeout(this.#late, asking.deadlineMs);
    asking.patience?.addEventListener('abort', this.#left);
  }

  get number(): number {
    return this.#asking.number;
  }

  /** Nothing happens to it any more. */
  answer(answer: WireAnswer): void {
    this.#end();
    this.#asking.resolve(answer);
  }

  /** The same without an answer. */
  fail(fault: Error): void {
    this.#end();
    this.#asking.reject(fault);
  }

  readonly #late = (): void => {
    this.#asking.onGivenUp(this, true);
    this.fail(new Error(`No answer within ${this.#asking.deadlineMs} ms.`));
  };

  readonly #left = (): void => {
    this.#asking.onGivenUp(this, false);
    this.fail(new Error('Nobody waits for this any more.'));
  };

  #end(): void {
    clearTimeout(this.#timer);
    this.#asking.patience?.removeEventListener('abort', this.#left);
  }
}
