import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { openDatabase, statement } from '@starling/platform/postgres';
import { expect, test } from 'vitest';
import { postgres } from '../../engines/postgres.ts';
import { runningEngines } from '../../engines/running.ts';
import { ownFolder } from './own-folder.ts';

const root = ownFolder('postgres');

test('the PostgreSQL of the project is started once, can feed Kafka, and is stopped', async () => {
  const running = runningEngines(root());
  const urls = await running.up(postgres);
  expect(await running.up(postgres)).toEqual(urls);
  const database = openDatabase({ url: urls.DATABASE_URL ?? '', applicationName: 'engines test', maxConnections: 1 });
  expect(await database.query(statement('tests.walLevel', 'show wal_level'))).toEqual([{ wal_level: 'logical' }]);
  await database.close();
  expect(running.list()).toMatchObject([{ name: 'postgres', alive: true, urls }]);
  expect(await running.down('postgres')).toBe(true);
  expect(running.list()).toEqual([]);
});

/** What the command says to `args`, on standard error, and its exit code. */
function saidTo(...args: readonly string[]): Promise<{ readonly code: unknown; readonly said: string }> {
  const main = join(import.meta.dirname, '../../engines/main.ts');
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      ['--import', 'tsx', '--conditions', 'starling-source', main, ...args],
      (error, _out, said) => resolve({ code: error?.code ?? 0, said }),
    );
  });
}

const USAGE = 'npm run engines -- up|down|status [redis] [redis-cluster] [kafka] [kafka-cluster] [postgres]\n';

test.each([
  [[], USAGE],
  [['start', 'redis'], USAGE],
  [['up', 'redsi'], `There is no engine "redsi".\n${USAGE}`],
  [['up'], 'Say which: redis, redis-cluster, kafka, kafka-cluster, postgres.\n'],
])('the command says to %j how it is called', async (args, told) => {
  expect(await saidTo(...args)).toEqual({ code: 1, said: told });
});
