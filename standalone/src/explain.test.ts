import { PostgresVersionError } from '@starling/platform/postgres';
import { EmbeddedPostgresError } from '@starling/platform/postgres/embedded';
import { expect, test } from 'vitest';
import { readStandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';
import { ProgramError } from './supervise.ts';

test.each([
  new EmbeddedPostgresError('START', 'The database in .starling did not start.'),
  new PostgresVersionError('The PostgreSQL at DATABASE_URL is version 14.'),
  new ProgramError('The process "users" did not start.'),
])('$name is told in its own words, without a stack', (error) => {
  expect(explainStart(error, readStandaloneEnvironment())).toBe(error.message);
});

test('a fault of ours is told with all there is', () => {
  expect(explainStart(new Error('no idea'), readStandaloneEnvironment())).toBeUndefined();
});
