export * from './freshness.ts';
export * from './loaders.ts';
