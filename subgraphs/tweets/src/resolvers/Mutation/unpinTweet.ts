import { actOnProfile } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { unpinTweet as command } from '../../unpin-tweet.ts';

export const unpinTweet: NonNullable<MutationResolvers['unpinTweet']> = (_parent, { input }, context) =>
  actOnProfile(context, input, command);
