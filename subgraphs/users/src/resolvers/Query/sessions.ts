import { requireViewer } from '@starling/platform/graphql';
import type { QueryResolvers } from '../../generated/types.ts';

export const sessions: NonNullable<QueryResolvers['sessions']> = (_parent, _arguments, context) =>
  context.loaders.liveSessionsByUserId.load(requireViewer(context).userId);
