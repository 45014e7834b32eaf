import { act } from '../../act.ts';
import { blockUser as command } from '../../block-user.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const blockUser: NonNullable<MutationResolvers['blockUser']> = (_parent, { input }, context) =>
  act(context, input, command);
