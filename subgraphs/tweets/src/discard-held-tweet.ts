import { done, type Outcome } from '@starling/platform/graphql';
import type { CommandParts } from './commands.ts';
import { discarded } from './events.ts';
import { decide, isDecided, lockHeldTweet } from './held-tweet-store.ts';
import { type Decision, decidedBefore, noSuchHeldTweet } from './release-held-tweet.ts';

/** What was held is never posted, and what it said is forgotten. Locks: the held tweet. */
export function discardHeldTweet(
  { database, eventLog }: CommandParts,
  { moderatorId, heldTweetId }: Decision,
): Promise<Outcome<string | null>> {
  return database.transaction(async (transaction) => {
    const held = await lockHeldTweet(transaction, heldTweetId);
    if (!held) return noSuchHeldTweet();
    if (isDecided(held)) return decidedBefore(held, 'DISCARDED');
    await decide(transaction, heldTweetId, { decision: 'DISCARDED', tweetId: null, moderatorId });
    await eventLog.append(transaction, [discarded({ heldTweetId, authorId: held.authorId })]);
    return done(null);
  });
}
