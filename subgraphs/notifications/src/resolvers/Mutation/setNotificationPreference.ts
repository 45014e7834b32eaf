import { requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { listPreferences, setPreference } from '../../preferences/preference-store.ts';

export const setNotificationPreference: NonNullable<MutationResolvers['setNotificationPreference']> = async (
  _parent,
  { input },
  context,
) => {
  const { userId } = requireViewer(context);
  // A link in a mail may have said otherwise before.
  await context.ready();
  await setPreference(context.database, userId, input, context.nextDigest());
  return { preferences: await listPreferences(context.database, userId), userErrors: [] };
};
