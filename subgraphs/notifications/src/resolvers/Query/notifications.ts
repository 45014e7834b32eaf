import { requireViewer } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';
import { notificationPage } from '../../list/notification-page.ts';

export const notifications: NonNullable<QueryResolvers['notifications']> = async (_parent, args, context) =>
  notificationPage(context.database, context.ready, requireViewer(context).userId, args);
