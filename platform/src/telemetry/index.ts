export * from './logger.ts';
export { type MeasuredCounts, measureCounts } from './measured-counts.ts';
export { measureNumber } from './measured-rows.ts';
export * from './metrics.ts';
