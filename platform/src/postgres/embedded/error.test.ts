import { expect, test } from 'vitest';
import { EmbeddedPostgresError, explainEnd, explainFileError, explainOutput } from './error.ts';

test.each([
  ['PANIC:  could not write to file "pg_wal/xlogtemp.31": No space left on device', 'DISK_FULL'],
  [
    'selecting dynamic shared memory implementation ... posix\nFATAL:  could not write: No space left on device',
    'DISK_FULL',
  ],
  ['FATAL:  could not create semaphores: No space left on device', 'START'],
  ['initdb: error: could not create directory "/data": Permission denied', 'NO_PERMISSION'],
  ['FATAL:  data directory "/data" has wrong ownership', 'NO_PERMISSION'],
  ['FATAL:  database files are incompatible with server', 'BROKEN'],
  ['PANIC:  could not locate a valid checkpoint record at 0/0', 'BROKEN'],
  ['FATAL:  could not open file "global/pg_control": No such file or directory', 'BROKEN'],
  ['FATAL:  could not create shared memory segment: No space left on device', 'START'],
  ['FATAL:  unrecognized configuration parameter "nonsense"', 'START'],
])('%s', (output, problem) => {
  const explained = explainOutput(output, '/data');
  expect(explained.problem).toBe(problem);
  expect(explained.message).toMatch(/\/data|this machine/i);
});

test.each([
  ['ENOSPC', 'DISK_FULL'],
  ['EDQUOT', 'DISK_FULL'],
  ['EACCES', 'NO_PERMISSION'],
  ['EROFS', 'NO_PERMISSION'],
  ['ENOTDIR', 'NO_PERMISSION'],
])('%s of the file system', (code, problem) => {
  const explained = explainFileError(Object.assign(new Error(code), { code }), '/data');
  expect(explained).toBeInstanceOf(EmbeddedPostgresError);
  expect(explained).toMatchObject({ problem });
});

test('why a running server has ended', () => {
  expect(explainEnd('PANIC:  could not write to file "pg_wal/1": No space left on device', '/data').problem).toBe(
    'DISK_FULL',
  );
  expect(explainEnd('LOG:  database system is ready', '/data').message).toContain('/data has ended by itself');
});

test('other errors stay what they are', () => {
  const error = new Error('something else');
  expect(explainFileError(error, '/data')).toBe(error);
});
