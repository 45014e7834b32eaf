/** How much people tell of what they look at: more than anybody reads is refused, before it is looked up. */
export interface ViewLimit {
  /** Undefined when the account may tell of so many more tweets; else the Unix time in ms from which it may again. */
  take(userId: string, tweets: number): number | undefined;
}

export interface ViewLimitOptions {
  /** Tweets that one account may tell one process of within a window; 1,000 when not given. */
  readonly most?: number | undefined;
  /** Milliseconds on the clock of the answer. */
  readonly now?: () => number;
}

const WINDOW_MS = 60_000;
const MOST_TWEETS = 1_000;
/** Windows that are remembered, about 100 bytes each: of more accounts within a minute, the first begin anew. */
const MOST_ACCOUNTS = 100_000;

interface Window {
  readonly endsAt: number;
  told: number;
}

/**
 * A minute begins with the first that an account tells. Each process counts for itself, since telling more changes no number: of
 * each account a tweet is counted once a day.
 */
export function createViewLimit({ most = MOST_TWEETS, now = Date.now }: ViewLimitOptions = {}): ViewLimit {
  // In the order in which they began.
  const windows = new Map<string, Window>();

  function windowOf(userId: string, at: number): Window {
    const known = windows.get(userId);
    if (known && known.endsAt > at) return known;
    windows.delete(userId);
    for (const [account, { endsAt }] of windows) {
      if (endsAt > at && windows.size < MOST_ACCOUNTS) break;
      windows.delete(account);
    }
    const begun = { endsAt: at + WINDOW_MS, told: 0 };
    windows.set(userId, begun);
    return begun;
  }

  return {
    take(userId, tweets) {
      const window = windowOf(userId, now());
      if (window.told + tweets > most) return window.endsAt;
      window.told += tweets;
      return undefined;
    },
  };
}
