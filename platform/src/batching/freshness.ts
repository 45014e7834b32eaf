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

export function freshFrom(
  consumers: readonly CatchesUp[],
  { asOf: moment = thisMoment(), signal }: FreshnessOptions = {},
): Freshness {
  let since = moment.since;
  let ready: Promise<unknown> | undefined;
  let isReady = false;
  const beginAnew = () => {
    if (since === moment.since) return;
    since = moment.since;
    ready = undefined;
    isReady = false;
  };
  return {
    async ready() {
      signal?.throwIfAborted();
      beginAnew();
      ready ??= Promise.all(consumers.map((consumer) => consumer.caughtUp(moment)));
      await ready;
      signal?.throwIfAborted();
    },
    isReady() {
      beginAnew();
      isReady ||= consumers.every((consumer) => consumer.isCaughtUp?.(moment) === true);
      return isReady;
    },
    expire() {
      moment.renew();
    },
  };
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
