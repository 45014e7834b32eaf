export * from './id.ts';
export { type Clock, leaseSnowflakes, type SnowflakeOptions } from './lease-snowflakes.ts';
export type { SnowflakeSource } from './snowflake-source.ts';
