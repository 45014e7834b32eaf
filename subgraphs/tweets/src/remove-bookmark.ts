import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { removeBookmark } from './engagement-store.ts';
import { bookmarkRemoved } from './events.ts';
import { withTweet } from './with-tweet.ts';

/** What is not bookmarked stays so. */
export function removeBookmarkOfTweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: userId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) =>
    (await removeBookmark(transaction, tweetId, userId)) ? [bookmarkRemoved({ tweetId, authorId, userId })] : [],
  );
}
