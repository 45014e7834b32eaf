import { type Outcome, userError } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { unpinned } from './events.ts';
import { removePin } from './pin-store.ts';
import { withTweet } from './with-tweet.ts';

/** A tweet that is not pinned stays so; locks the tweet, then the pin. */
export function unpinTweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: userId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) => {
    if (authorId !== userId) return userError('FORBIDDEN', 'You can unpin your own tweets only.', 'tweetId');
    return (await removePin(transaction, { userId, tweetId })) ? [unpinned(userId, tweetId)] : [];
  });
}
