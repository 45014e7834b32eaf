import { requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { muteKeyword as command } from '../../mute-keyword.ts';

export const muteKeyword: NonNullable<MutationResolvers['muteKeyword']> = async (_parent, { input }, context) => {
  const { userId: viewerId } = requireViewer(context);
  const { phrase, until = null } = input;
  const outcome = await command(context.commands, { viewerId, phrase, until });
  if (!outcome.ok) return { mutedKeyword: null, userErrors: [...outcome.userErrors] };
  context.wrote();
  return { mutedKeyword: await context.loaders.mutedKeywordById.load(outcome.value), userErrors: [] };
};
