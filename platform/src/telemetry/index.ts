export * from './logger.ts';
export { type MeasuredCounts, measureCounts } from './measured-counts.ts';
export { measureNumber } from './measured-rows.ts';
export { type MeasuredSeconds, measureSeconds, type NoteSeconds } from './measured-seconds.ts';
export * from './metrics.ts';
