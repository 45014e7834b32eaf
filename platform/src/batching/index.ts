export * from './loaders.ts';
export * from './freshness.ts';
