export interface DigestOptions {
  /** Nobody gets two digests within so many milliseconds. */
  readonly periodMs: number;
  readonly now?: () => Date;
}

/** How the environment says it: hours between two digests, or null for none. */
export const digestsEvery = (hours: number | null): DigestOptions | undefined =>
  hours === null ? undefined : { periodMs: hours * 3_600_000 };

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;

/** After these a digest is a dead letter: some 14 hours after the first. */
export const MOST_ATTEMPTS = 5;
/** Whoever sends has so much time to answer; then it is asked for again. */
const PATIENCE_MS = 10 * MINUTE_MS;
/** The wait after the first failure; each further one is four times as long. */
const FIRST_PAUSE_MS = 10 * MINUTE_MS;

/** When digests are made, asked for again and tried again, from this moment on. */
export interface DigestTimes {
  now(): Date;
  /** When the next one is due. */
  next(): Date;
  /** What began before this is told by no digest: an import, or a rebuild, makes no noise. */
  oldest(): Date;
  unanswered(): Date;
  afterFailure(attempts: number): Date;
}

export function digestTimes({ periodMs, now = () => new Date() }: DigestOptions): DigestTimes {
  const after = (ms: number) => new Date(now().getTime() + ms);
  return {
    now,
    next: () => after(periodMs),
    // What a digest that was given up did not tell is for the next one.
    oldest: () => after(-2 * periodMs - DAY_MS),
    unanswered: () => after(PATIENCE_MS),
    afterFailure: (attempts) => after(FIRST_PAUSE_MS * 4 ** Math.max(0, attempts - 1)),
  };
}
