export * from './connect-once.ts';
export * from './copy.ts';
export * from './database.ts';
export { IS_DURABLE, makeDurable } from './durable.ts';
export * from './migrate.ts';
export { opaqueArray } from './opaque.ts';
export { platformMigrations } from './platform-migrations.ts';
export { PostgresVersionError } from './server-version.ts';
