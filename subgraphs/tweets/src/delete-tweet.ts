import { done, type Outcome, refused, userError } from '@starling/platform/graphql';
import type { Viewer } from '@starling/platform/identity';
import type { CommandParts } from './commands.ts';
import { deleted, unpinned } from './events.ts';
import { removePin } from './pin-store.ts';
import { mistakeInTarget, noSuchTweet, relationsTo } from './targets.ts';
import { eraseTweet, lockForDeletion } from './tweet-store.ts';

export const isModerator = ({ role }: Viewer): boolean => role === 'MODERATOR' || role === 'ADMIN';

/**
 * Leaves the tweet's place and erases what it said. Its author may, and a moderator, also across a block; others are told
 * no more than they may see. Locks: the tweet, against everybody who is about to refer to it, then the author's pin.
 */
export async function deleteTweet(
  { database, eventLog, copies }: CommandParts,
  { viewer, tweetId }: { readonly viewer: Viewer; readonly tweetId: string },
): Promise<Outcome<string>> {
  await copies.caughtUp();
  return database.transaction(async (transaction) => {
    const tweet = await lockForDeletion(transaction, tweetId);
    if (!tweet || tweet.isDeleted) return refused(noSuchTweet('tweetId'));
    const { authorId, replyToTweetId, quotedTweetId } = tweet;
    if (authorId !== viewer.userId && !isModerator(viewer)) {
      const relationTo = await relationsTo(transaction, viewer.userId, [authorId]);
      return refused(
        mistakeInTarget(tweet, relationTo(authorId), 'tweetId') ??
          userError('FORBIDDEN', 'You can delete your own tweets only.', 'tweetId'),
      );
    }
    await eraseTweet(transaction, tweetId);
    const wasPinned = await removePin(transaction, { userId: authorId, tweetId });
    await eventLog.append(transaction, [
      deleted({ tweetId, authorId, replyToTweetId, quotedTweetId }),
      ...(wasPinned ? [unpinned(authorId, tweetId)] : []),
    ]);
    return done(tweetId);
  });
}
