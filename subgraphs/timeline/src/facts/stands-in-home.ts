import { obstacle } from '@starling/visibility';
import type { EntryRow } from './entry-rows.ts';
import { follows, type ViewerFacts } from './viewer-facts.ts';

/*
 * The rule of the home timeline over facts in memory: word for word what `home-rule.ts` says in SQL, but for muted words.
 */

/** The viewer mutes the account, either in all that it does or in what it retweets. */
export function isMuted({ mutes }: ViewerFacts, account: string, onlyRetweets: boolean, now: number): boolean {
  const mute = mutes.get(account);
  return mute !== undefined && mute.onlyRetweets === onlyRetweets && mute.endsAt > now;
}

/** The viewer did it, or follows who did. */
function followed(facts: ViewerFacts, { actorId, actor }: EntryRow): boolean {
  return actorId === facts.viewerId || follows(facts, actor);
}

/** Of what the viewer and followed accounts did, what belongs into the home: all but answers to accounts not followed. */
function belongs(facts: ViewerFacts, entry: EntryRow): boolean {
  if (entry.kind === 'retweet' || !entry.isReply || entry.actorId === facts.viewerId) return true;
  const { replyToAuthorId, replyToAuthor, authorId } = entry;
  if (replyToAuthorId === null || replyToAuthor === null) return false;
  return replyToAuthorId === facts.viewerId || replyToAuthorId === authorId || follows(facts, replyToAuthor);
}

/** Whether the author of what stands there is somebody whom the viewer may be shut out by; who did it is followed. */
function mayBeShutOut(facts: ViewerFacts, { kind, authorId, author }: EntryRow): boolean {
  return kind === 'retweet' && authorId !== facts.viewerId && !follows(facts, author);
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
  const { blocked } = facts;
  const hidden = obstacle('home', {
    isDeleted,
    isBlocked: blocked.has(actorId) || blocked.has(authorId),
    isShutOut: mayBeShutOut(facts, entry) && isProtected(authorId),
    isMuted: isMuted(facts, actorId, false, now) || isMuted(facts, authorId, false, now),
    areRetweetsMuted: kind === 'retweet' && isMuted(facts, actorId, true, now),
    saysMuted: false,
  });
  return hidden === undefined;
}
