import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { addLike } from './engagement-store.ts';
import { liked } from './events.ts';
import { withTweet } from './with-tweet.ts';

/** Liking again changes nothing; one may like one's own. */
export function likeTweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: userId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) =>
    (await addLike(transaction, tweetId, userId)) ? [liked({ tweetId, authorId, userId })] : [],
  );
}
