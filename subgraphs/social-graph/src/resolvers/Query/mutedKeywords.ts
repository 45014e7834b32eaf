import { requireViewer } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';
import { listMutedKeywords } from '../../muted-keyword-store.ts';

export const mutedKeywords: NonNullable<QueryResolvers['mutedKeywords']> = (_parent, _args, context) =>
  listMutedKeywords(context.commands.database, requireViewer(context).userId);
