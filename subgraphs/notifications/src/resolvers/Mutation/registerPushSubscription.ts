import { requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { registerPushSubscription as command } from '../../push/register-push-subscription.ts';

export const registerPushSubscription: NonNullable<MutationResolvers['registerPushSubscription']> = async (
  _parent,
  { input },
  context,
) => {
  const { userId: viewerId, sessionId } = requireViewer(context);
  const outcome = await command(context.database, { viewerId, sessionId, ...input }, context.push.addresses);
  return { userErrors: outcome.ok ? [] : [...outcome.userErrors] };
};
