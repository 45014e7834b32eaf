import { idConnection } from '../connections.ts';
import type { ListResolvers } from './../generated/types.ts';

export const List: ListResolvers = {
  __resolveReference: (reference, { loaders }) =>
    loaders.listById.load('id' in reference ? reference.id : reference.nodeId),
  nodeId: ({ id }) => id,
  owner: ({ ownerId }) => ({ id: ownerId }),
  members: ({ id }, args, { loaders }) => idConnection(`members:${id}`, loaders.listMembersPage, id, args),
};
