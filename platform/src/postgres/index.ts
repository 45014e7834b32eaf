export * from './copy.ts';
export * from './database.ts';
export * from './migrate.ts';
export { platformMigrations } from './platform-migrations.ts';
export { PostgresVersionError } from './server-version.ts';
