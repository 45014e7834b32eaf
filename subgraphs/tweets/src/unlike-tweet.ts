import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { removeLike } from './engagement-store.ts';
import { unliked } from './events.ts';
import { withTweet } from './with-tweet.ts';

/** What is not liked stays so. */
export function unlikeTweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: userId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) =>
    (await removeLike(transaction, tweetId, userId)) ? [unliked({ tweetId, authorId, userId })] : [],
  );
}
