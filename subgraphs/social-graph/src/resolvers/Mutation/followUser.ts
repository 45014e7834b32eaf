import { act } from '../../act.ts';
import { followUser as command } from '../../follow-user.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const followUser: NonNullable<MutationResolvers['followUser']> = (_parent, { input }, context) =>
  act(context, input, command);
