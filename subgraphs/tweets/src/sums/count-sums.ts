import type { CountChanges } from '../consumers/count-changes.ts';
import type { AuthorCount, TweetCounts } from '../count-store.ts';
import { COUNTERS } from '../counters.ts';

/** What is summed: a tweet's counts, or an author's. */
export const subjectOf = {
  tweet: ({ tweetId }: Pick<TweetCounts, 'tweetId'>) => `t${tweetId}`,
  author: ({ userId }: Pick<AuthorCount, 'userId'>) => `u${userId}`,
} as const;

/** Numbers by what they are of: likes, retweets, answers, quotes and bookmarks of a tweet, or the tweets of an author. */
export type SumsBySubject = ReadonlyMap<string, readonly number[]>;

/** Sums are of what is visible in the snapshot and not counted in the rows of the state `base`. */
export interface Place {
  readonly base: string;
  readonly snapshot: string;
}

/** Sums as they were read, and what is needed to ask about the same again. */
export interface HeldSums extends Place {
  readonly sums: SumsBySubject;
  /** Names these sums since they were begun; the number of times that something was added; losses of the store so far. */
  readonly made: string;
  readonly additions: number;
  readonly losses: number;
}

/** What brings sums from one place to another: events, each of which changes some of them. */
export interface Addition {
  readonly to: Place;
  readonly eventIds: readonly string[];
  readonly sums: SumsBySubject;
}

export type Added =
  /** Events that are in the sums now. */
  | { readonly kind: 'added'; readonly events: number }
  /** Nothing was added: these are in the sums already. */
  | { readonly kind: 'known'; readonly eventIds: readonly string[] }
  /** Nothing was added: somebody else has brought the sums elsewhere, or they are gone, or the store is away. */
  | { readonly kind: 'moved' };

/** Whose turn it is to add, and where the sums are: undefined when there are none. */
export interface Turn {
  readonly place: Place | undefined;
  readonly events: number;
}

/**
 * Sums of events that are not counted in rows yet, which processes share. May be lost at any time, as a whole or its last
 * moments: what is there is always right for the place that it tells.
 */
export interface CountSums {
  /** Undefined when there are none, or the store is away. */
  read(subjects: readonly string[]): Promise<HeldSums | undefined>;
  /** Those of the events that were in these sums when they were read; undefined when that cannot be told any more. */
  known(held: HeldSums, eventIds: readonly string[]): Promise<readonly string[] | undefined>;
  /** For so many milliseconds nobody else gets the turn, which only spares work. 'later' when somebody has it. */
  takeTurn(forMs: number): Promise<Turn | 'later' | 'away'>;
  /** Adds where sums are still at `from`; where the new place is of another state, sums begin anew with these. */
  add(from: Place | undefined, addition: Addition): Promise<Added>;
}

/** As sums hold them. */
export function sumsOf({ tweets, authors }: Pick<CountChanges, 'tweets' | 'authors'>): SumsBySubject {
  return new Map<string, readonly number[]>([
    ...tweets.map((change) => [subjectOf.tweet(change), COUNTERS.map((counter) => change[counter])] as const),
    ...authors.map((change) => [subjectOf.author(change), [change.tweets]] as const),
  ]);
}

export function withTweetSums<Counts extends TweetCounts>(counts: Counts, sums: SumsBySubject): Counts {
  const numbers = sums.get(subjectOf.tweet(counts)) ?? [];
  return {
    ...counts,
    ...Object.fromEntries(COUNTERS.map((counter, at) => [counter, counts[counter] + (numbers[at] ?? 0)])),
  };
}

export function withAuthorSums<Count extends AuthorCount>(count: Count, sums: SumsBySubject): Count {
  const [tweets = 0] = sums.get(subjectOf.author(count)) ?? [];
  return { ...count, tweets: count.tweets + tweets };
}
