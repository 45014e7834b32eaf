export * from './logger.ts';
export { type MeasuredCounts, measureCounts } from './measured-counts.ts';
export { type MeasuredNumber, measureNumber } from './measured-number.ts';
export * from './metrics.ts';
