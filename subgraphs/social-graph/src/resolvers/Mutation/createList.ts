import type { MutationResolvers } from './../../generated/types.ts';
import { change } from '../../lists/change.ts';
import { createList as command } from '../../lists/create-list.ts';

export const createList: NonNullable<MutationResolvers['createList']> = (_parent, { input }, context) => {
  const { name, description = null, isPrivate } = input;
  return change(context, { name, description, isPrivate: isPrivate ?? false }, command);
};
