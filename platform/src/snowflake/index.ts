export * from './id.ts';
export { type Clock, leaseSnowflakes, type SnowflakeOptions } from './lease-snowflakes.ts';
export { postgresWriterLeases } from './postgres-writer-leases.ts';
export { type RedisWriterLeasesOptions, redisWriterLeases } from './redis-writer-leases.ts';
export type { SnowflakeSource } from './snowflake-source.ts';
export type { WriterLease, WriterLeases } from './writer-leases.ts';
