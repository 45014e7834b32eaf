export { DEADLINE_HEADER } from './deadline.ts';
export * from './formatted-error.ts';
export * from './map-stream.ts';
export * from './serve-subgraph.ts';
export type { SharedReading } from './shared-answers.ts';
export * from './subgraph-runner.ts';
