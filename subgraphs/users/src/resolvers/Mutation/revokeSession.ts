import { parseId, requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from '../../generated/types.ts';
import { plainPayload } from '../../payloads.ts';
import { revokeSession as endSession } from '../../revoke-session.ts';

export const revokeSession: NonNullable<MutationResolvers['revokeSession']> = async (_parent, { input }, context) => {
  const { userId } = requireViewer(context);
  const sessionId = parseId('input.sessionId', input.sessionId);
  return plainPayload(context, await endSession(context.parts, userId, sessionId));
};
