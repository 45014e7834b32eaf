import { discardHeldTweet as command } from '../../discard-held-tweet.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { decideHeld } from '../../held-tweets.ts';

export const discardHeldTweet: NonNullable<MutationResolvers['discardHeldTweet']> = (_parent, { input }, context) =>
  decideHeld(context, input, command);
