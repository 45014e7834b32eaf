import { confirmEmail as command } from '../../email-confirmation/confirm-email.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { plainPayload } from '../../payloads.ts';

export const confirmEmail: NonNullable<MutationResolvers['confirmEmail']> = async (_parent, { input }, context) =>
  plainPayload(context, await command(context.parts, input.token));
