import { EnvironmentError } from '@starling/platform/environment';
import { RelayRequirementError } from '@starling/platform/event-log';
import { PostgresConnectionError, PostgresVersionError } from '@starling/platform/postgres';
import { RedisUrlError } from '@starling/platform/redis';
import { expect, test } from 'vitest';
import { explainStart } from './explain-start.ts';

const AT = {
  HOST: '127.0.0.1',
  PORT: 4_000,
  METRICS_PORT: 9_000,
  DATABASE_URL: 'postgres://me:known-to-few@db/starling',
};
const DATABASE = 'PostgreSQL at DATABASE_URL (postgres://me@db/starling)';
const failed = (message: string, more: object = {}) => Object.assign(new Error(message), more);
const refused = (message: string, code?: string) => new PostgresConnectionError(failed(message, { code }));

test.each([
  new EnvironmentError('KAFKA_TLS is not on.'),
  new PostgresVersionError('The PostgreSQL at DATABASE_URL is version 14.'),
  new RedisUrlError('Redis at REDIS_URL is version 6.'),
  new RelayRequirementError('The PostgreSQL at DATABASE_URL cannot feed Kafka.'),
])('$name is told in its own words, without a stack', (error) => {
  expect(explainStart(error, AT)).toBe(error.message);
});

test.each<[Error, string]>([
  [
    refused('connect', 'ECONNREFUSED'),
    'No PostgreSQL answers at DATABASE_URL (postgres://me@db/starling): ECONNREFUSED.',
  ],
  [refused('password authentication failed', '28P01'), `${DATABASE} refuses: password authentication failed. Correct`],
  [
    refused('SASL: SCRAM-SERVER-FIRST-MESSAGE: client password must be a string'),
    `${DATABASE} asks for a password. Correct DATABASE_URL`,
  ],
  [refused('timeout expired'), `No connection to ${DATABASE}: timeout expired. Correct DATABASE_URL.`],
  [
    refused('The server does not support SSL connections'),
    `No connection to ${DATABASE}: The server does not support SSL connections. Correct DATABASE_URL.`,
  ],
  [refused('sorry, too many clients already', '53300'), `${DATABASE} takes no more connections.`],
  [failed('permission denied for database', { code: '42501' }), `${DATABASE} refuses: permission denied`],
  [failed('no space left', { code: '53100' }), `${DATABASE} has no space left on its disk.`],
  [
    failed('listen', { syscall: 'listen', code: 'EADDRINUSE', port: 4_000 }),
    'or set PORT to another port, such as PORT=4001.',
  ],
  [failed('listen', { syscall: 'listen', code: 'EADDRINUSE', port: 9_000 }), 'or set METRICS_PORT to another port'],
  [
    failed('listen', { syscall: 'listen', code: 'EADDRNOTAVAIL' }),
    'This machine has no address 127.0.0.1. Correct HOST.',
  ],
])('%s is told by the variable, without the password', (error, told) => {
  const explained = explainStart(error, AT);
  expect(explained).toContain(told);
  expect(explained).not.toContain('known-to-few');
});

test('a fault of ours is told with all there is, and so is one of the database that is our own', () => {
  expect(explainStart(new Error('no idea'), AT)).toBeUndefined();
  expect(explainStart(refused('connect', 'ECONNREFUSED'), { ...AT, DATABASE_URL: undefined })).toBeUndefined();
});
