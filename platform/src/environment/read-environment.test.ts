import { expect, test } from 'vitest';
import {
  EnvironmentError,
  logLevel,
  onOrOff,
  port,
  postgresUrl,
  readEnvironment,
  redisUrl,
} from './read-environment.ts';

const shape = {
  PORT: port.default(4_000),
  DATABASE_URL: postgresUrl.optional(),
  REDIS_URL: redisUrl.optional(),
  DEMO_DATA: onOrOff.default(true),
  LOG_LEVEL: logLevel.default('info'),
};

test('everything has a default, and nothing counts as absent', () => {
  const defaults = { PORT: 4_000, DEMO_DATA: true, LOG_LEVEL: 'info' };
  expect(readEnvironment(shape, {})).toEqual(defaults);
  expect(readEnvironment(shape, { PORT: '', DATABASE_URL: ' ', UNRELATED: 'x' })).toEqual(defaults);
});

test('reads what is given', () => {
  const given = { PORT: '0', DATABASE_URL: 'postgres://me:secret@db/starling', DEMO_DATA: 'off', LOG_LEVEL: 'silent' };
  expect(readEnvironment(shape, given)).toEqual({ ...given, PORT: 0, DEMO_DATA: false });
});

test.each([
  [{ PORT: '65536' }, 'PORT must be a port number'],
  [{ PORT: '-1' }, 'PORT must be a port number'],
  [{ PORT: '4000x' }, 'PORT must be a port number'],
  [{ DATABASE_URL: 'mysql://host/db' }, 'DATABASE_URL must be an address such as postgres://'],
  [{ DATABASE_URL: 'somewhere' }, 'DATABASE_URL must be an address such as postgres://'],
  [{ REDIS_URL: 'host:6379' }, 'REDIS_URL must be an address such as redis://'],
  [{ REDIS_URL: 'redis://one:6379,' }, 'REDIS_URL must be an address such as redis://'],
  [{ REDIS_URL: 'redis://one:6379,two:6379' }, 'REDIS_URL must be an address such as redis://'],
  [{ REDIS_URL: 'redis://:100%-safe@host:6379' }, 'REDIS_URL has a user or password with a % that is to be written'],
  [{ DEMO_DATA: 'yes' }, 'DEMO_DATA must be on or off'],
  [{ LOG_LEVEL: 'loud' }, 'LOG_LEVEL must be one of trace'],
])('%j is refused by name', (variables, message) => {
  expect(() => readEnvironment(shape, variables)).toThrow(EnvironmentError);
  expect(() => readEnvironment(shape, variables)).toThrow(message);
});

test('an address may have signs that are written as others', () => {
  const given = {
    REDIS_URL: 'redis://:100%25-safe@one:6379, rediss://two:6379',
    DATABASE_URL: 'postgres://me:a%40b@db/x',
  };
  expect(readEnvironment(shape, given)).toMatchObject(given);
});

test('what is needed and absent is named', () => {
  expect(() => readEnvironment({ DATABASE_URL: postgresUrl }, {})).toThrow('DATABASE_URL is not set');
});

test('a refusal does not repeat the value, which may hold a password', () => {
  expect(() => readEnvironment(shape, { DATABASE_URL: 'mysql://me:secret@host/db' })).toThrow(/^((?!secret).)*$/);
});
