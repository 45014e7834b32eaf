import { parseId } from '@starling/platform/graphql';
import type { QueryResolvers } from './../../generated/types.ts';

export const list: NonNullable<QueryResolvers['list']> = (_parent, { id }, { loaders }) =>
  loaders.listById.load(parseId('id', id));
