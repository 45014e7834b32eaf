import type { MutationResolvers } from '../../generated/types.ts';
import { logInPayload } from '../../payloads.ts';
import { registerAccount } from '../../register.ts';

export const register: NonNullable<MutationResolvers['register']> = async (_parent, { input }, context) =>
  logInPayload(context, await registerAccount(context.parts, input));
