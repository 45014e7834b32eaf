import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { unblockUser as command } from '../../unblock-user.ts';

export const unblockUser: NonNullable<MutationResolvers['unblockUser']> = (_parent, { input }, context) =>
  act(context, input, command);
