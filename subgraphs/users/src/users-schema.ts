import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLSchema } from 'graphql';
import { resolvers } from './generated/resolvers.ts';
import { typeDefs } from './generated/type-defs.ts';

export function createUsersSchema(): GraphQLSchema {
  // The generated type says more of each resolver than Apollo's can hold.
  return buildSubgraphSchema({ typeDefs, resolvers: resolvers as never });
}
