import { parseId } from '@starling/platform/graphql';
import type { MutationResolvers } from './../../generated/types.ts';
import { addListMember as command } from '../../lists/add-list-member.ts';
import { change } from '../../lists/change.ts';
import { listIdOf } from '../../lists/list-id.ts';

export const addListMember: NonNullable<MutationResolvers['addListMember']> = async (_parent, { input }, context) => {
  const listId = listIdOf(context, input);
  return change(context, { listId, userId: parseId('input.userId', input.userId) }, command);
};
