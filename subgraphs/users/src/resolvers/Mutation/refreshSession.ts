import type { MutationResolvers } from '../../generated/types.ts';
import { refreshSession as exchange } from '../../refresh-session.ts';

export const refreshSession: NonNullable<MutationResolvers['refreshSession']> = async (_parent, { input }, context) => {
  const outcome = await exchange(context.parts, input.refreshToken);
  context.wrote();
  return outcome.ok ? { tokens: outcome.value, userErrors: [] } : { tokens: null, userErrors: [...outcome.userErrors] };
};
