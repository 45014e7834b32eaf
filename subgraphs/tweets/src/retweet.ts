import { type Outcome, userError } from '@starling/platform/graphql';
import { isProtected } from './audience-copy-store.ts';
import type { Act, CommandParts } from './commands.ts';
import { addRetweet } from './engagement-store.ts';
import { retweeted } from './events.ts';
import { withTweet } from './with-tweet.ts';

/**
 * Retweeting again changes nothing, nor the retweet's place in timelines; one may retweet one's own. What a protected
 * account wrote is for its followers, and not for those of a follower.
 */
export async function retweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: retweeterId, tweetId } = act;
  const retweetId = await parts.snowflakes.next('retweet');
  return withTweet(parts, act, async (transaction, { authorId }) => {
    if (authorId !== retweeterId && (await isProtected(transaction, authorId))) {
      return userError('PROTECTED', 'Tweets of a protected account cannot be retweeted.', 'tweetId');
    }
    return (await addRetweet(transaction, tweetId, retweeterId, retweetId))
      ? [retweeted({ retweetId, tweetId, authorId, retweeterId })]
      : [];
  });
}
