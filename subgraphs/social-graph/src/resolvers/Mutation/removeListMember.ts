import { parseId } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { change } from '../../lists/change.ts';
import { listIdOf } from '../../lists/list-id.ts';
import { removeListMember as command } from '../../lists/remove-list-member.ts';

export const removeListMember: NonNullable<MutationResolvers['removeListMember']> = async (
  _parent,
  { input },
  context,
) => {
  const listId = listIdOf(context, input);
  return change(context, { listId, userId: parseId('input.userId', input.userId) }, command);
};
