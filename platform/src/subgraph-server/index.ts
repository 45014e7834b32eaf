export { conditionVariables } from './compiled/conditions.ts';
export { variablesOf } from './compiled/variables.ts';
export { DEADLINE_HEADER } from './deadline.ts';
export * from './dictionary.ts';
export type { SharedReading } from './event-answers.ts';
export * from './formatted-error.ts';
export * from './serve-subgraph.ts';
export * from './shared-answer.ts';
export * from './subgraph-runner.ts';
