export * from './arguments.ts';
export * from './errors.ts';
export type { SameForAll } from './same-for-all.ts';
export * from './scalars.ts';
export type { Parts, Subgraph } from './subgraph.ts';
export * from './user-errors.ts';
