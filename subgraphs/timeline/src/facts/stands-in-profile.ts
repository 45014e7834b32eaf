import { NOTHING_HIDES, obstacle } from '@starling/visibility';
import type { EntryRow } from './entry-rows.ts';
import { highOf, lowOf } from './halves.ts';
import type { ViewerFacts } from './viewer-facts.ts';

/*
 * The rule of an account's own timeline over facts in memory: what `visible` of `home-rule.ts` says in SQL.
 */

type IsProtected = (userId: string) => boolean;

function isShutOutBy(facts: ViewerFacts, userId: string, high: number, low: number, isProtected: IsProtected): boolean {
  return !facts.circle.has(high, low) && isProtected(userId);
}

/** Nothing that the account did is shown to the viewer. */
export function isClosed(facts: ViewerFacts, userId: string, isProtected: IsProtected): boolean {
  const account = BigInt(userId);
  const hidden = obstacle('ownTweets', {
    ...NOTHING_HIDES,
    isBlocked: facts.blocked.has(userId),
    isShutOut: isShutOutBy(facts, userId, highOf(account), lowOf(account), isProtected),
  });
  return hidden !== undefined;
}

/** `isProtected` is asked about everybody who may shut the viewer out. */
export function standsInProfile(
  facts: ViewerFacts,
  { kind, actorId, actorHigh, actorLow, authorId, authorHigh, authorLow, isDeleted }: EntryRow,
  isProtected: IsProtected,
): boolean {
  const byAuthor = isShutOutBy(facts, authorId, authorHigh, authorLow, isProtected);
  const byActor = kind === 'retweet' && isShutOutBy(facts, actorId, actorHigh, actorLow, isProtected);
  const hidden = obstacle('profile', {
    ...NOTHING_HIDES,
    isDeleted,
    isBlocked: facts.blocked.has(actorId) || facts.blocked.has(authorId),
    isShutOut: byAuthor || byActor,
  });
  return hidden === undefined;
}
