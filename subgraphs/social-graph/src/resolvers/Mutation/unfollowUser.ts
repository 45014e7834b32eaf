import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { unfollowUser as command } from '../../unfollow-user.ts';

export const unfollowUser: NonNullable<MutationResolvers['unfollowUser']> = (_parent, { input }, context) =>
  act(context, input, command);
