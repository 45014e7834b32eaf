import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { removeFollower as command } from '../../remove-follower.ts';

export const removeFollower: NonNullable<MutationResolvers['removeFollower']> = (_parent, { input }, context) =>
  act(context, input, command);
