import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { unmuteUser as command } from '../../unmute-user.ts';

export const unmuteUser: NonNullable<MutationResolvers['unmuteUser']> = (_parent, { input }, context) =>
  act(context, input, command);
