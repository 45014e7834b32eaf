import { EnvironmentError } from '../environment/read-environment.ts';
import { type Statement, statement } from './database.ts';

/** A PostgreSQL that cannot be used, in a sentence for the person who set `DATABASE_URL`. */
export class PostgresVersionError extends EnvironmentError {
  override readonly name = 'PostgresVersionError';
}

const OLDEST = 15;

export const serverVersion: Statement = statement(
  'platform.serverVersion',
  `select current_setting('server_version') as version, current_setting('server_version_num')::int / 10000 as major`,
);

export interface ServerVersion {
  /** As people say it. */
  readonly version: string;
  readonly major: number;
}

/** @throws PostgresVersionError */
export function checkServerVersion({ version, major }: ServerVersion): void {
  if (major >= OLDEST) return;
  throw new PostgresVersionError(
    `The PostgreSQL at DATABASE_URL is version ${version}; version ${OLDEST} or newer is needed. Upgrade it, or name another in DATABASE_URL.`,
  );
}
