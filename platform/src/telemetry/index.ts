export * from './logger.ts';
export { type MeasuredNumber, measureNumber } from './measured-number.ts';
export * from './metrics.ts';
