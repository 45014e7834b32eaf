import { NOTHING_HIDES, obstacle } from '@starling/visibility';
import type { EntryRow } from './entry-rows.ts';
import { follows, type ViewerFacts } from './viewer-facts.ts';

/*
 * The rule of an account's own timeline over facts in memory: what `visible` of `home-rule.ts` says in SQL.
 */

type IsProtected = (userId: string) => boolean;

function isShutOutBy(facts: ViewerFacts, userId: string, account: bigint, isProtected: IsProtected): boolean {
  return userId !== facts.viewerId && !follows(facts, account) && isProtected(userId);
}

/** Nothing that the account did is shown to the viewer. */
export function isClosed(facts: ViewerFacts, userId: string, isProtected: IsProtected): boolean {
  const hidden = obstacle('ownTweets', {
    ...NOTHING_HIDES,
    isBlocked: facts.blocked.has(userId),
    isShutOut: isShutOutBy(facts, userId, BigInt(userId), isProtected),
  });
  return hidden !== undefined;
}

/** `isProtected` is asked about everybody who may shut the viewer out. */
export function standsInProfile(
  facts: ViewerFacts,
  { kind, actorId, actor, authorId, author, isDeleted }: EntryRow,
  isProtected: IsProtected,
): boolean {
  const byAuthor = isShutOutBy(facts, authorId, author, isProtected);
  const byActor = kind === 'retweet' && isShutOutBy(facts, actorId, actor, isProtected);
  const hidden = obstacle('profile', {
    ...NOTHING_HIDES,
    isDeleted,
    isBlocked: facts.blocked.has(actorId) || facts.blocked.has(authorId),
    isShutOut: byAuthor || byActor,
  });
  return hidden === undefined;
}
