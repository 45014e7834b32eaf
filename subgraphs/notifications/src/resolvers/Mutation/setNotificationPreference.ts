import { requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { listPreferences, setPreference } from '../../preferences/preference-store.ts';

export const setNotificationPreference: NonNullable<MutationResolvers['setNotificationPreference']> = async (
  _parent,
  { input },
  context,
) => {
  const { userId } = requireViewer(context);
  await setPreference(context.database, userId, input);
  return { preferences: await listPreferences(context.database, userId), userErrors: [] };
};
