import { obstacle } from '@starling/visibility';
import type { EntryRow } from './entry-rows.ts';
import type { ViewerFacts } from './viewer-facts.ts';

/*
 * The rule of the home timeline over facts in memory: word for word what `home-rule.ts` says in SQL, but for muted words.
 */

/** The viewer mutes the account, either in all that it does or in what it retweets. */
export function isMuted({ mutes }: ViewerFacts, account: string, onlyRetweets: boolean, now: number): boolean {
  const mute = mutes.get(account);
  return mute !== undefined && mute.onlyRetweets === onlyRetweets && mute.endsAt > now;
}

/** The viewer did it, or follows who did. */
function followed({ circle }: ViewerFacts, { actorHigh, actorLow }: EntryRow): boolean {
  return circle.has(actorHigh, actorLow);
}

/** Of what the viewer and followed accounts did, what belongs into the home: all but answers to accounts not followed. */
function belongs({ viewerHigh, viewerLow, circle }: ViewerFacts, entry: EntryRow): boolean {
  if (entry.kind === 'retweet' || !entry.isReply) return true;
  const { actorHigh, actorLow, answeredHigh, answeredLow, authorHigh, authorLow } = entry;
  if (actorHigh === viewerHigh && actorLow === viewerLow) return true;
  return (answeredHigh === authorHigh && answeredLow === authorLow) || circle.has(answeredHigh, answeredLow);
}

/** Whether the author of what stands there is somebody whom the viewer may be shut out by; who did it is followed. */
function mayBeShutOut({ circle }: ViewerFacts, { kind, authorHigh, authorLow }: EntryRow): boolean {
  return kind === 'retweet' && !circle.has(authorHigh, authorLow);
}

/** Blocks or mutes may be between the viewer and who did it, or who wrote it. */
function mayBeHidden({ hidden }: ViewerFacts, { kind, actorHigh, actorLow, authorHigh, authorLow }: EntryRow): boolean {
  return hidden.has(actorHigh, actorLow) || (kind === 'retweet' && hidden.has(authorHigh, authorLow));
}

/** The whole rule. `isProtected` is asked about whoever may shut the viewer out; `now` is the clock on which mutes end. */
export function standsInHome(
  facts: ViewerFacts,
  entry: EntryRow,
  isProtected: (userId: string) => boolean,
  now: number,
): boolean {
  if (!followed(facts, entry) || !belongs(facts, entry)) return false;
  const { actorId, authorId, kind, isDeleted } = entry;
  const isShutOut = mayBeShutOut(facts, entry) && isProtected(authorId);
  // None of the facts is true: nothing hides it, whatever the rules are.
  if (!isDeleted && !isShutOut && !mayBeHidden(facts, entry)) return true;
  const { blocked } = facts;
  const hidden = obstacle('home', {
    isDeleted,
    isBlocked: blocked.has(actorId) || blocked.has(authorId),
    isShutOut,
    isMuted: isMuted(facts, actorId, false, now) || isMuted(facts, authorId, false, now),
    areRetweetsMuted: kind === 'retweet' && isMuted(facts, actorId, true, now),
    saysMuted: false,
  });
  return hidden === undefined;
}
