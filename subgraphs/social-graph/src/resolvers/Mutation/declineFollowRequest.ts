import { act } from '../../act.ts';
import { declineFollowRequest as command } from '../../decline-follow-request.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const declineFollowRequest: NonNullable<MutationResolvers['declineFollowRequest']> = (
  _parent,
  { input },
  context,
) => act(context, input, command);
