export * from './run-subgraph.ts';
export * from './subgraph-environment.ts';
