import { createRequire } from 'node:module';
import { GraphQLSchema } from 'graphql';
import { expect, test } from 'vitest';

test('our source and the packages that require it share one copy of graphql', () => {
  const apollo = createRequire(createRequire(import.meta.url).resolve('@apollo/subgraph'));
  expect((apollo('graphql') as typeof import('graphql')).GraphQLSchema).toBe(GraphQLSchema);
});
