/** Fields of the query type that ask for the schema itself: they are in no plan, and no subgraph is asked for them. */
export const INTROSPECTION_FIELDS: ReadonlySet<string> = new Set(['__schema', '__type']);
