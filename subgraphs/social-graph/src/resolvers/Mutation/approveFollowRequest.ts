import { act } from '../../act.ts';
import { approveFollowRequest as command } from '../../approve-follow-request.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const approveFollowRequest: NonNullable<MutationResolvers['approveFollowRequest']> = (
  _parent,
  { input },
  context,
) => act(context, input, command);
