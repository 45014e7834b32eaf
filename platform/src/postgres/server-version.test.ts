import { expect, test } from 'vitest';
import { checkServerVersion, PostgresVersionError } from './server-version.ts';

test.each([
  { version: '15.0', major: 15 },
  { version: '18.1 (Debian 18.1-1)', major: 18 },
])('$version will do', (version) => {
  expect(() => checkServerVersion(version)).not.toThrow();
});

test.each([
  { version: '14.22', major: 14 },
  { version: '9.6.24', major: 9 },
])('$version is told, with the variable to set', (version) => {
  expect(() => checkServerVersion(version)).toThrow(PostgresVersionError);
  expect(() => checkServerVersion(version)).toThrow(
    `The PostgreSQL at DATABASE_URL is version ${version.version}; version 15 or newer is needed.`,
  );
});
