import type { QueryResolvers } from '../../generated/types.ts';
import { findNodes } from '../../nodes.ts';

export const nodes: NonNullable<QueryResolvers['nodes']> = (_parent, { ids }, { loaders }) => findNodes(loaders, ids);
