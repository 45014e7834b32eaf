import { PostgresVersionError } from '@starling/platform/postgres';
import { RedisUrlError } from '@starling/platform/redis';
import { expect, test } from 'vitest';
import { readStandaloneEnvironment } from './environment.ts';
import { explainStart } from './explain.ts';

test.each([
  new PostgresVersionError('The PostgreSQL at DATABASE_URL is version 14.'),
  new RedisUrlError('Redis at REDIS_URL is version 6.'),
])('$name is told in its own words, without a stack', (error) => {
  expect(explainStart(error, readStandaloneEnvironment())).toBe(error.message);
});

test('a fault of ours is told with all there is', () => {
  expect(explainStart(new Error('no idea'), readStandaloneEnvironment())).toBeUndefined();
});
