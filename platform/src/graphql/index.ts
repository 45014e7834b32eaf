export * from './arguments.ts';
export * from './errors.ts';
export * from './scalars.ts';
export type { Parts, Subgraph } from './subgraph.ts';
export * from './user-errors.ts';
