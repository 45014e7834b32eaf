import { randomUUID } from 'node:crypto';
import type { RedisConnection } from '@starling/platform/redis';
import { measureCounts, type Registry } from '@starling/platform/telemetry';
import { type Post, postOf, type Said } from './activity.ts';
import { inProcessActivity } from './in-process.ts';
import type { RecentActivity } from './recent-activity.ts';
import { redisActivity } from './redis.ts';
import { type AbuseRules, limitsBy, remembered } from './rules.ts';

/** What becomes of a new tweet. */
export type Verdict =
  /** It may be written; `post` is given back when nothing comes of it. */
  | { readonly kind: 'accept'; readonly post: Post }
  /** It may be tried again at this Unix time in milliseconds. */
  | { readonly kind: 'throttle'; readonly rule: string; readonly reason: string; readonly retryAt: number }
  /** A moderator decides. When there is no room for more of them, it may be tried again at this time. */
  | { readonly kind: 'hold'; readonly rule: string; readonly reason: string; readonly retryAt: number };

/** Decides about new tweets by what their authors have posted lately. */
export interface AbuseCheck {
  /** The verdict on a tweet that is about to be written. One that is accepted counts from now on. */
  judge(authorId: string, said: Said): Promise<Verdict>;
  /** The tweet was accepted and not written. */
  withdraw(authorId: string, post: Post): Promise<void>;
  /** Registers how many verdicts this process has come to. */
  measure(registry: Registry): void;
}

export interface AbuseCheckOptions {
  readonly rules: AbuseRules;
  readonly activity: RecentActivity;
  /** Unix time in milliseconds. */
  readonly now?: () => number;
}

function createAbuseCheck({ rules, activity, now = Date.now }: AbuseCheckOptions): AbuseCheck {
  const limitsOf = limitsBy(rules);
  const verdicts = new Map<string, number>();
  const count = (rule: string, verdict: Verdict['kind']) => {
    const labels = `${rule} ${verdict}`;
    verdicts.set(labels, (verdicts.get(labels) ?? 0) + 1);
  };

  return {
    async judge(authorId, said) {
      const at = now();
      const post = postOf(randomUUID(), at, said);
      const judgement = await activity.judge(authorId, post, limitsOf(authorId, at));
      if (judgement === 'accepted' || judgement === 'repeated') {
        if (judgement === 'accepted') count('none', 'accept');
        return { kind: 'accept', post };
      }
      const { rule, retryAt = at + rule.windowMs } = judgement;
      // No waiting would help what breaks a rule by itself.
      const kind = judgement.retryAt === undefined ? 'hold' : rule.verdict;
      count(rule.name, kind);
      return { kind, rule: rule.name, reason: rule.reason, retryAt };
    },
    withdraw: (authorId, post) => activity.withdraw(authorId, post),
    measure(registry) {
      measureCounts(registry, {
        name: 'starling_tweet_verdicts_total',
        help: 'New tweets by the verdict of the abuse check and the rule that decided, since this process began.',
        labels: ['rule', 'verdict'],
        read: () => [...verdicts].map(([labels, value]) => [labels.split(' '), value]),
      });
    },
  };
}

/** The check on what processes share where there is Redis, and else on what this process has seen. */
export function openAbuseCheck(rules: AbuseRules, redis: RedisConnection | undefined): AbuseCheck {
  const past = remembered(rules);
  const activity = redis ? redisActivity({ redis, remembered: past }) : inProcessActivity(past);
  return createAbuseCheck({ rules, activity });
}
