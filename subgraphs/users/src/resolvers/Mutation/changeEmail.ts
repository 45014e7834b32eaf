import { requireViewer } from '@starling/platform/graphql';
import { changeEmail as setEmail } from '../../change-email.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { userPayload } from '../../payloads.ts';

export const changeEmail: NonNullable<MutationResolvers['changeEmail']> = async (_parent, { input }, context) =>
  userPayload(context, await setEmail(context.parts, requireViewer(context).userId, input));
