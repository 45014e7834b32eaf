import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { removeRetweet } from './engagement-store.ts';
import { retweetUndone } from './events.ts';
import { withTweet } from './with-tweet.ts';

/** What is not retweeted stays so. */
export function undoRetweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: retweeterId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) => {
    const retweetId = await removeRetweet(transaction, tweetId, retweeterId);
    return retweetId === undefined ? [] : [retweetUndone({ retweetId, tweetId, authorId, retweeterId })];
  });
}
