import { type Moment, thisMoment } from '../event-log/moment.ts';
import type { Ending } from './ending.ts';

/** What is asked whether it has handled all that was committed so far. */
export interface CatchesUp {
  /** Without a moment, all that was committed before the call. */
  caughtUp(moment?: Moment): Promise<void>;
  /** True when it is known already, so that there is nothing to wait for. */
  isCaughtUp?(moment: Moment): boolean;
}

/**
 * One request's promise that it reads nothing older than its own beginning: batch functions await `ready()` before they
 * read. The answer is kept for the request, and for everything that shares its moment; after a write of its own, `expire()`
 * makes the next read of any of them ask again.
 */
export interface Freshness {
  ready(): Promise<void>;
  /** True when `ready()` has nothing to wait for. */
  isReady(): boolean;
  expire(): void;
}

export interface FreshnessOptions {
  /** The beginning of the request; of this call when not given. */
  readonly asOf?: Moment | undefined;
  /** Once it is aborted nobody waits for what would be read, and it is not: `ready()` rejects. */
  readonly signal?: Ending | undefined;
}

class FreshFrom implements Freshness {
  readonly #consumers: readonly CatchesUp[];
  readonly #moment: Moment;
  readonly #signal: Ending | undefined;
  /** For what of the moment the rest was found out. */
  #since: object;
  #ready: Promise<unknown> | undefined;
  #isReady = false;

  constructor(consumers: readonly CatchesUp[], moment: Moment, signal: Ending | undefined) {
    this.#consumers = consumers;
    this.#moment = moment;
    this.#signal = signal;
    this.#since = moment.since;
  }
  async ready(): Promise<void> {
    this.#signal?.throwIfAborted();
    this.#followMoment();
    this.#ready ??= Promise.all(this.#consumers.map((consumer) => consumer.caughtUp(this.#moment)));
    await this.#ready;
    this.#signal?.throwIfAborted();
  }
  isReady(): boolean {
    this.#followMoment();
    if (!this.#isReady) this.#isReady = this.#areCaughtUp();
    return this.#isReady;
  }
  expire(): void {
    this.#moment.renew();
  }
  #areCaughtUp(): boolean {
    for (const consumer of this.#consumers) if (consumer.isCaughtUp?.(this.#moment) !== true) return false;
    return true;
  }
  #followMoment(): void {
    const { since } = this.#moment;
    if (since === this.#since) return;
    this.#since = since;
    this.#ready = undefined;
    this.#isReady = false;
  }
}

export function freshFrom(
  consumers: readonly CatchesUp[],
  { asOf = thisMoment(), signal }: FreshnessOptions = {},
): Freshness {
  return new FreshFrom(consumers, asOf, signal);
}

/** Both, the second of which is asked for when the first is ready: to get ready may have changed what the second is about. */
export function oneAfterTheOther(first: Freshness, second: Freshness): Freshness {
  return {
    async ready() {
      await first.ready();
      await second.ready();
    },
    isReady: () => first.isReady() && second.isReady(),
    expire() {
      first.expire();
      second.expire();
    },
  };
}
