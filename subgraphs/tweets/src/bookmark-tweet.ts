import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { addBookmark } from './engagement-store.ts';
import { bookmarked } from './events.ts';
import { withTweet } from './with-tweet.ts';

/** Bookmarking again changes nothing, nor the bookmark's place in the list. */
export function bookmarkTweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: userId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) =>
    (await addBookmark(transaction, tweetId, userId)) ? [bookmarked({ tweetId, authorId, userId })] : [],
  );
}
