import { requireViewer } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { deleteList as command } from '../../lists/delete-list.ts';
import { listIdOf } from '../../lists/list-id.ts';

export const deleteList: NonNullable<MutationResolvers['deleteList']> = async (_parent, { input }, context) => {
  const { userId: viewerId } = requireViewer(context);
  const outcome = await command(context.commands, { viewerId, listId: listIdOf(context, input) });
  if (outcome.ok) context.wrote();
  return { userErrors: outcome.ok ? [] : [...outcome.userErrors] };
};
