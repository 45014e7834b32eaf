import { parseId, requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { markRead } from '../../list/mark-read.ts';
import { countUnread } from '../../list/notification-store.ts';

export const markNotificationsRead: NonNullable<MutationResolvers['markNotificationsRead']> = async (
  _parent,
  { input },
  context,
) => {
  const { userId: viewerId } = requireViewer(context);
  const upTo = parseId('input.upTo', input.upTo);
  await context.ready();
  const outcome = await markRead(context.database, { viewerId, upTo });
  if (!outcome.ok) return { unreadCount: null, userErrors: [...outcome.userErrors] };
  return { unreadCount: await countUnread(context.database, viewerId), userErrors: [] };
};
