import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { unlikeTweet as command } from '../../unlike-tweet.ts';

export const unlikeTweet: NonNullable<MutationResolvers['unlikeTweet']> = (_parent, { input }, context) =>
  act(context, input, command);
