import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Supergraph as FederatedSupergraph, type Schema } from '@apollo/federation-internals';
import { QueryPlanner } from '@apollo/query-planner';
import { DateTime, URL } from '@starling/platform/graphql';
import { type GraphQLSchema, isScalarType } from 'graphql';

/** What the subgraphs compose to, in the forms in which validation, planning and execution want it. */
export interface Supergraph {
  readonly sdl: string;
  /** What clients see: they are validated and introspected against it. */
  readonly schema: GraphQLSchema;
  /** The same for the planner. */
  readonly apiSchema: Schema;
  /** With what clients do not see, for what travels between subgraphs. */
  readonly supergraphSchema: GraphQLSchema;
  readonly planner: QueryPlanner;
  readonly subgraphNames: readonly string[];
}

/** The composed schema as it was committed. */
export function committedSupergraph(): string {
  return readFileSync(createRequire(import.meta.url).resolve('@starling/schema/supergraph.graphql'), 'utf8');
}

/**
 * Composition knows scalars by name only. With their parsers here, a malformed one is refused at the door, in the same
 * words in which a subgraph would.
 */
function addScalarParsers(schema: GraphQLSchema): void {
  for (const { name, parseValue, parseLiteral } of [DateTime, URL]) {
    const scalar = schema.getType(name);
    if (isScalarType(scalar)) Object.assign(scalar, { parseValue, parseLiteral });
  }
}

/**
 * Where several subgraphs know a field the planner compares the ways to it, and with every further such field there are
 * several times as many: it would compare for minutes. `pathsLimit` refuses the document, `maxEvaluatedPlans` takes the
 * best of so many plans. No operation of our clients has more than one.
 */
const PLANNING_LIMITS = { maxEvaluatedPlans: 200, pathsLimit: 200 };

export function loadSupergraph(sdl: string): Supergraph {
  const supergraph = FederatedSupergraph.build(sdl);
  const apiSchema = supergraph.apiSchema();
  const schema = apiSchema.toGraphQLJSSchema();
  addScalarParsers(schema);
  return {
    sdl,
    schema,
    apiSchema,
    supergraphSchema: supergraph.schema.toGraphQLJSSchema(),
    planner: new QueryPlanner(supergraph, { debug: PLANNING_LIMITS }),
    subgraphNames: supergraph.subgraphsMetadata().map(({ name }) => name),
  };
}
