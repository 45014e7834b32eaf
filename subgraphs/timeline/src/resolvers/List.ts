import { parseId } from '@starling/platform/graphql';
import type { ListResolvers } from './../generated/types.ts';
import { listPage } from '../lists/list-page.ts';

export const List: ListResolvers = {
  // Whether there is such a list, and whether the viewer may see it, is for its owner to say.
  __resolveReference: ({ id }) => ({ id: parseId('id', id) }),
  timeline: ({ id }, args, { listLoader }) => listPage(listLoader, id, args),
};
