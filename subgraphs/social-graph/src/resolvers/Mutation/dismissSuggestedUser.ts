import { act } from '../../act.ts';
import { dismissSuggestedUser as command } from '../../dismiss-suggested-user.ts';
import type { MutationResolvers } from './../../generated/types.ts';

export const dismissSuggestedUser: NonNullable<MutationResolvers['dismissSuggestedUser']> = (
  _parent,
  { input },
  context,
) => act(context, input, command);
