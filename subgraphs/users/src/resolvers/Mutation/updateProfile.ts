import { requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from '../../generated/types.ts';
import { userPayload } from '../../payloads.ts';
import { changeProfile } from '../../update-profile.ts';

export const updateProfile: NonNullable<MutationResolvers['updateProfile']> = async (_parent, { input }, context) =>
  userPayload(context, await changeProfile(context.parts, requireViewer(context).userId, input));
