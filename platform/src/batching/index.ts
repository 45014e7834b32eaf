export { after, all, type Soon } from './after.ts';
export { atMost, type Line } from './at-most.ts';
export { type Ending, OpenEnding } from './ending.ts';
export { fillIn } from './fill-in.ts';
export * from './freshness.ts';
export { type HotLoader, hotLoader } from './hot-loader.ts';
export * from './loaders.ts';
export { type SharedReadsOptions, sharedReads } from './shared-reads.ts';
export { type TogetherOptions, together } from './together.ts';
