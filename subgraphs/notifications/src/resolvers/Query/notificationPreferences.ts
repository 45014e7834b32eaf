import { requireViewer } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';
import { listPreferences } from '../../preferences/preference-store.ts';

export const notificationPreferences: NonNullable<QueryResolvers['notificationPreferences']> = async (
  _parent,
  _args,
  context,
) => {
  const { userId } = requireViewer(context);
  await context.ready();
  return listPreferences(context.database, userId);
};
