import { parseId, requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { unmuteKeyword as command } from '../../unmute-keyword.ts';

export const unmuteKeyword: NonNullable<MutationResolvers['unmuteKeyword']> = async (_parent, { input }, context) => {
  const { userId: viewerId } = requireViewer(context);
  const mutedKeywordId = parseId('input.mutedKeywordId', input.mutedKeywordId);
  await command(context.commands, { viewerId, mutedKeywordId });
  context.wrote();
  return { userErrors: [] };
};
