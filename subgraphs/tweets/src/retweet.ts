import type { Outcome } from '@starling/platform/graphql';
import type { Act, CommandParts } from './commands.ts';
import { addRetweet } from './engagement-store.ts';
import { retweeted } from './events.ts';
import { withTweet } from './with-tweet.ts';

/** Retweeting again changes nothing, nor the retweet's place in timelines; one may retweet one's own. */
export async function retweet(parts: CommandParts, act: Act): Promise<Outcome<string>> {
  const { viewerId: retweeterId, tweetId } = act;
  const retweetId = await parts.snowflakes.next('retweet');
  return withTweet(parts, act, async (transaction, { authorId }) =>
    (await addRetweet(transaction, tweetId, retweeterId, retweetId))
      ? [retweeted({ retweetId, tweetId, authorId, retweeterId })]
      : [],
  );
}
