import { stopDigests as command } from '../../digests/stop-digests.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { plainPayload } from '../../payloads.ts';

export const stopDigests: NonNullable<MutationResolvers['stopDigests']> = async (_parent, { input }, context) =>
  plainPayload(context, await command(context.parts, input.token));
