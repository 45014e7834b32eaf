import type { MutationResolvers } from './../../generated/types.ts';
import { change } from '../../lists/change.ts';
import { listIdOf } from '../../lists/list-id.ts';
import { updateList as command } from '../../lists/update-list.ts';

export const updateList: NonNullable<MutationResolvers['updateList']> = async (_parent, { input }, context) => {
  const { name, description, isPrivate } = input;
  const changes = { name: name ?? undefined, description, isPrivate: isPrivate ?? undefined };
  return change(context, { ...changes, listId: listIdOf(context, input) }, command);
};
