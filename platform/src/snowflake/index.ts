export * from './id.ts';
export type { SnowflakeSource } from './snowflake-source.ts';
