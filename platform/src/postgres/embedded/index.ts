export { EmbeddedPostgresError, type EmbeddedPostgresProblem } from './error.ts';
export * from './start-embedded-postgres.ts';
