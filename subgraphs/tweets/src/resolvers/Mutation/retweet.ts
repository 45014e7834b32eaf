import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { retweet as command } from '../../retweet.ts';

export const retweet: NonNullable<MutationResolvers['retweet']> = (_parent, { input }, context) =>
  act(context, input, command);
