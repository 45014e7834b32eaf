import pg from 'pg';
import { expect, test } from 'vitest';
import { isOutage, NotRunningError } from './outage.ts';

const failed = (code: string) => Object.assign(new Error('It failed.'), { code });
const refusedWith = (code: string) => Object.assign(new pg.DatabaseError('It failed.', 0, 'error'), { code });

test.each([
  'ECONNREFUSED',
  'ECONNRESET',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENETDOWN',
  'EAI_AGAIN',
  'EMFILE',
  'EADDRNOTAVAIL',
  'CERT_HAS_EXPIRED',
  'ERR_TLS_CERT_ALTNAME_INVALID',
])('a connection that fails with %s is nobody’s fault but the network’s or the machine’s', (code) => {
  expect(isOutage(failed(code))).toBe(true);
  expect(isOutage(new Error('It was not read.', { cause: failed(code) }))).toBe(true);
});

test.each([
  { code: '08006', what: 'a connection that failed' },
  { code: '28P01', what: 'a password that was changed' },
  { code: '40P01', what: 'a deadlock' },
  { code: '53100', what: 'a disk that is full' },
  { code: '55P03', what: 'a lock that others hold' },
  { code: '57P01', what: 'a shutdown' },
  { code: '25006', what: 'a standby that does not write' },
])('what PostgreSQL refuses for $what passes', ({ code }) => {
  expect(isOutage(refusedWith(code))).toBe(true);
});

test('what waits for a part that has stopped is no fault of what it was about to do', () => {
  expect(isOutage(new NotRunningError('The consumer g has stopped.'))).toBe(true);
});

test.each([
  refusedWith('23505'),
  refusedWith('22P02'),
  refusedWith('42P01'),
  failed('ERR_INVALID_ARG_TYPE'),
  new TypeError('undefined is not a function'),
  'a text',
])('a fault of ours stays one: %s', (error) => {
  expect(isOutage(error)).toBe(false);
});
