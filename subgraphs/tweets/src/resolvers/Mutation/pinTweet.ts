import { actOnProfile } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { pinTweet as command } from '../../pin-tweet.ts';

export const pinTweet: NonNullable<MutationResolvers['pinTweet']> = (_parent, { input }, context) =>
  actOnProfile(context, input, command);
