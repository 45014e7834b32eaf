import { parseId } from '@starling/platform/graphql';
import type { QueryResolvers } from '../../generated/types.ts';

export const user: NonNullable<QueryResolvers['user']> = (_parent, { id }, { loaders }) =>
  loaders.accountById.load(parseId('id', id));
