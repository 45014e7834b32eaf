import { type Outcome, userError } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { pinned } from './events.ts';
import { setPin } from './pin-store.ts';
import { withTweet } from './with-tweet.ts';

/** Pins one of one's own tweets in place of what was pinned before; locks the tweet, then the pin. */
export function pinTweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: userId, tweetId } = act;
  return withTweet(parts, act, async (transaction, { authorId }) => {
    if (authorId !== userId) return userError('FORBIDDEN', 'You can pin your own tweets only.', 'tweetId');
    return (await setPin(transaction, { userId, tweetId })) ? [pinned(userId, tweetId)] : [];
  });
}
