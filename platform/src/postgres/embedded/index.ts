export { EmbeddedPostgresError, type EmbeddedPostgresProblem } from './error.ts';
export { isAlive, processIdentity } from './process-identity.ts';
export * from './start-embedded-postgres.ts';
