export { atMost, type Line } from './at-most.ts';
export * from './freshness.ts';
export * from './loaders.ts';
export { type SharedReadsOptions, sharedReads } from './shared-reads.ts';
export { type TogetherOptions, together } from './together.ts';
