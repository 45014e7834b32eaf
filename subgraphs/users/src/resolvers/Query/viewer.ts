import type { QueryResolvers } from '../../generated/types.ts';

export const viewer: NonNullable<QueryResolvers['viewer']> = (_parent, _arguments, { viewer, loaders }) =>
  viewer && loaders.accountById.load(viewer.userId);
