import { act } from '../../act.ts';
import type { MutationResolvers } from './../../generated/types.ts';
import { muteUser as command } from '../../mute-user.ts';

export const muteUser: NonNullable<MutationResolvers['muteUser']> = (_parent, { input }, context) => {
  const { userId, until = null, onlyRetweets } = input;
  return act(context, { userId, until, onlyRetweets: onlyRetweets ?? false }, command);
};
