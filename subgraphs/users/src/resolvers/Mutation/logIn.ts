import type { MutationResolvers } from '../../generated/types.ts';
import { logIn as openSession } from '../../log-in.ts';
import { logInPayload } from '../../payloads.ts';

export const logIn: NonNullable<MutationResolvers['logIn']> = async (_parent, { input }, context) =>
  logInPayload(context, await openSession(context.parts, input));
