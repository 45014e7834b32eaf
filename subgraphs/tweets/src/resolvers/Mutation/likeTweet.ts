import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { likeTweet as command } from '../../like-tweet.ts';

export const likeTweet: NonNullable<MutationResolvers['likeTweet']> = (_parent, { input }, context) =>
  act(context, input, command);
