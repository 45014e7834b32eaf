import type { MutedKeywordResolvers } from './../generated/types.ts';

export const MutedKeyword: MutedKeywordResolvers = {
  __resolveReference: (reference, { loaders }) =>
    loaders.mutedKeywordById.load('id' in reference ? reference.id : reference.nodeId),
  nodeId: ({ id }) => id,
};
