import { act } from '../../act.ts';
import { bookmarkTweet as command } from '../../bookmark-tweet.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const bookmarkTweet: NonNullable<MutationResolvers['bookmarkTweet']> = (_parent, { input }, context) =>
  act(context, input, command);
