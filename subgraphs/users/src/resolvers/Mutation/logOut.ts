import type { MutationResolvers } from '../../generated/types.ts';
import { logOut as endSession } from '../../log-out.ts';

export const logOut: NonNullable<MutationResolvers['logOut']> = async (_parent, { input }, context) => {
  await endSession(context.parts, input.refreshToken);
  context.wrote();
  return { userErrors: [] };
};
