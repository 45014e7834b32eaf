import { requireViewer } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';
import { suggestedUsers as page } from '../../suggestions.ts';

export const suggestedUsers: NonNullable<QueryResolvers['suggestedUsers']> = async (_parent, args, context) =>
  page(context, requireViewer(context).userId, args);
