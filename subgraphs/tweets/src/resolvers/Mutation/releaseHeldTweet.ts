import type { MutationResolvers } from './../../generated/types.ts';
import { decideHeld } from '../../held-tweets.ts';
import { releaseHeldTweet as command } from '../../release-held-tweet.ts';
import { visibleTweet } from '../../visibility/look-up.ts';

export const releaseHeldTweet: NonNullable<MutationResolvers['releaseHeldTweet']> = async (_parent, args, context) => {
  const { tweetId, ...payload } = await decideHeld(context, args.input, command);
  return { ...payload, tweet: tweetId === null ? null : await visibleTweet(context.loaders, tweetId) };
};
