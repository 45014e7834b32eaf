import { type Asker, nobodyWaits, type WireAnswer } from './asker.ts';

export interface Asking {
  readonly number: number;
  /** The longest that the answer may take. */
  readonly deadlineMs: number;
  readonly asker: Pick<Asker, 'patience' | 'resolve' | 'reject'>;
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
    asking.asker.patience?.addEventListener('abort', this.#left);
  }

  get number(): number {
    return this.#asking.number;
  }

  /** Nothing happens to it any more. */
  answer(answer: WireAnswer): void {
    this.#end();
    this.#asking.asker.resolve(answer);
  }

  /** The same without an answer. */
  fail(fault: Error): void {
    this.#end();
    this.#asking.asker.reject(fault);
  }

  readonly #late = (): void => {
    this.#asking.onGivenUp(this, true);
    this.fail(new Error(`No answer within ${this.#asking.deadlineMs} ms.`));
  };

  readonly #left = (): void => {
    this.#asking.onGivenUp(this, false);
    this.fail(nobodyWaits());
  };

  #end(): void {
    clearTimeout(this.#timer);
    this.#asking.asker.patience?.removeEventListener('abort', this.#left);
  }
}
