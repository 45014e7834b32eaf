import { requireViewer } from '@starling/platform/graphql';
import { changeUsername as rename } from '../../change-username.ts';
import type { MutationResolvers } from '../../generated/types.ts';
import { userPayload } from '../../payloads.ts';

export const changeUsername: NonNullable<MutationResolvers['changeUsername']> = async (_parent, { input }, context) => {
  const { userId } = requireViewer(context);
  return userPayload(context, await rename(context.parts, userId, input.username));
};
