import { snowflakeMs } from '@starling/platform/snowflake';

/** What a rule adds up over the posts of one author within its window, the new one included. */
export type Counted =
  /** Posts. */
  | 'posts'
  /** Posts that say the same; of a post that says little, none. */
  | 'same-text'
  /** Distinct people, or tweets that are answered or quoted, to which the same is said in several posts. */
  | 'people-of-same-text'
  /** Links; of a post without one, none. */
  | 'links'
  /** Distinct accounts that are mentioned; of a post without one, none. */
  | 'mentions';

/** Throttled is refused with the time from which it may be tried again; held is kept for a moderator. */
export type RuleVerdict = 'throttle' | 'hold';

export interface Rule {
  readonly name: string;
  readonly counts: Counted;
  readonly windowMs: number;
  /** So many at most, of an account that is young, and of one that is established. */
  readonly young: number;
  readonly established: number;
  readonly verdict: RuleVerdict;
  /** For the author: what there is too much of. */
  readonly reason: string;
}

/** A rule as it is for one author. */
export type Limit = Pick<Rule, 'name' | 'counts' | 'windowMs' | 'verdict' | 'reason'> & { readonly most: number };

export interface AbuseRules {
  /** An account is young for so long. */
  readonly youngMs: number;
  /** The first that a post breaks decides. */
  readonly rules: readonly Rule[];
}

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** No more posts of an author are remembered, so that a rule that allows more than this allows everything. */
export const MOST_COUNTED = 1_000;

export const DEFAULT_RULES: AbuseRules = {
  youngMs: 7 * DAY,
  rules: [
    {
      name: 'same-text-to-many',
      counts: 'people-of-same-text',
      windowMs: DAY,
      young: 5,
      established: 10,
      verdict: 'hold',
      reason: 'The same text has gone to many people',
    },
    {
      name: 'same-text',
      counts: 'same-text',
      windowMs: HOUR,
      young: 3,
      established: 5,
      verdict: 'throttle',
      reason: 'This has been said several times already',
    },
    {
      name: 'links',
      counts: 'links',
      windowMs: 10 * MINUTE,
      young: 10,
      established: 20,
      verdict: 'throttle',
      reason: 'These are many links',
    },
    {
      name: 'mentions',
      counts: 'mentions',
      windowMs: 10 * MINUTE,
      young: 15,
      established: 30,
      verdict: 'throttle',
      reason: 'These are many people to mention',
    },
    {
      name: 'posts-per-minute',
      counts: 'posts',
      windowMs: MINUTE,
      young: 12,
      established: 20,
      verdict: 'throttle',
      reason: 'This is faster than anybody reads',
    },
    {
      name: 'posts-per-hour',
      counts: 'posts',
      windowMs: HOUR,
      young: 150,
      established: 300,
      verdict: 'throttle',
      reason: 'These are many tweets for an hour',
    },
  ],
};

/** The rules with every limit so many times as large, and at least one. */
export function scaled({ rules, youngMs }: AbuseRules, factor: number): AbuseRules {
  const times = (limit: number) => Math.max(1, Math.round(limit * factor));
  return {
    youngMs,
    rules: rules.map((rule) => ({ ...rule, young: times(rule.young), established: times(rule.established) })),
  };
}

/** Finds what holds for an author at a time; the age of an account is in its id. */
export function limitsBy({ rules, youngMs }: AbuseRules): (authorId: string, nowMs: number) => readonly Limit[] {
  const limitsFor = (age: 'young' | 'established'): readonly Limit[] =>
    rules.flatMap(({ name, counts, windowMs, verdict, reason, [age]: most }) =>
      most > MOST_COUNTED ? [] : [{ name, counts, windowMs, verdict, reason, most }],
    );
  const [young, established] = [limitsFor('young'), limitsFor('established')];
  return (authorId, nowMs) => (nowMs - snowflakeMs(authorId) < youngMs ? young : established);
}

/** How much of an author's past the rules look at: so many posts, for so long. */
export function remembered({ rules }: AbuseRules): { readonly posts: number; readonly ms: number } {
  const counting = rules.filter(({ young, established }) => Math.min(young, established) <= MOST_COUNTED);
  const largest = Math.max(1, ...counting.flatMap(({ young, established }) => [young, established]));
  return { posts: Math.min(largest, MOST_COUNTED), ms: Math.max(1, ...counting.map(({ windowMs }) => windowMs)) };
}
