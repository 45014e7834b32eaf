import { parseId, requireViewer, type UserError, userError } from '@starling/platform/graphql';
import type { Context } from './context.ts';
import { visibleTweet } from './visibility/look-up.ts';

const MOST_AT_ONCE = 100;

/** Counts the viewer's look at tweets of others that the viewer may see; the rest is passed over without a word. */
export async function recordTweetViews(
  context: Context,
  { tweetIds }: { readonly tweetIds: readonly string[] },
): Promise<{ userErrors: UserError[] }> {
  const { userId } = requireViewer(context);
  if (tweetIds.length > MOST_AT_ONCE) {
    return { userErrors: [userError('LIMIT_REACHED', `Tell of ${MOST_AT_ONCE} tweets at once, at most.`, 'tweetIds')] };
  }
  const ids = [...new Set(tweetIds.map((id) => parseId('input.tweetIds', id)))];
  // An empty list is a request, too.
  const retryAt = context.commands.viewLimit.take(userId, Math.max(1, ids.length));
  if (retryAt !== undefined) {
    const again = new Date(retryAt).toISOString();
    return { userErrors: [userError('LIMIT_REACHED', `This is more than anybody reads. Try again after ${again}.`)] };
  }
  const tweets = await Promise.all(ids.map((id) => visibleTweet(context.loaders, id)));
  const seen = tweets.flatMap((tweet) => (tweet && tweet.authorId !== userId ? [tweet.id] : []));
  context.commands.views.record(userId, seen);
  return { userErrors: [] };
}
