import { NOTHING_HIDES, obstacle } from '@starling/visibility';
import type { EntryRow } from './entry-rows.ts';
import { isMuted } from './stands-in-home.ts';
import type { ViewerFacts } from './viewer-facts.ts';

/**
 * Whether a popular tweet may be mixed into the viewer's home, over facts in memory: what `amongPopular` of `home-rule.ts` says in
 * SQL, but for muted words. `isProtected` is asked about its author; `now` is the clock on which mutes end.
 */
export function standsAmongPopular(
  facts: ViewerFacts,
  { kind, isReply, isDeleted, authorId, authorHigh, authorLow }: EntryRow,
  isProtected: (userId: string) => boolean,
  now: number,
): boolean {
  if (kind !== 'tweet' || isReply || facts.circle.has(authorHigh, authorLow)) return false;
  const hidden = obstacle('popular', {
    ...NOTHING_HIDES,
    isDeleted,
    isBlocked: facts.blocked.has(authorId),
    isShutOut: isProtected(authorId),
    isMuted: isMuted(facts, authorId, false, now),
  });
  return hidden === undefined;
}
