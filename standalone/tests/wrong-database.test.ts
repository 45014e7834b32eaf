import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { build } from '../../scripts/build.mjs';
import { createEmptyDatabase } from '../../tests/support/database.ts';

const ROOT = join(import.meta.dirname, '../..');

beforeAll(() => build());

const NOWHERE = 'http://127.0.0.1:9';
const GIVEN = {
  HOST: '127.0.0.1',
  PORT: '0',
  LOG_LEVEL: 'warn',
  IDENTITY_SECRET: 'x'.repeat(32),
  USERS_URL: NOWHERE,
  TWEETS_URL: NOWHERE,
  SOCIAL_GRAPH_URL: NOWHERE,
  TIMELINE_URL: NOWHERE,
  NOTIFICATIONS_URL: NOWHERE,
};

/** What a process says on standard error before it ends with 1. */
async function lastWords(program: string, databaseUrl: string): Promise<string> {
  const child = spawn(process.execPath, [join(ROOT, program)], {
    env: { PATH: process.env.PATH, ...GIVEN, DATABASE_URL: databaseUrl },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  onTestFinished(() => void child.kill('SIGKILL'));
  let said = '';
  child.stderr.on('data', (chunk: Buffer) => {
    said += chunk;
  });
  expect(await once(child, 'close')).toEqual([1, null]);
  return said;
}

describe.each([
  ['a gateway', 'gateway/dist/main.js'],
  ['a subgraph', 'subgraphs/social-graph/dist/src/main.js'],
  ['a worker', 'standalone/dist/worker.js'],
])('%s by itself tells by the variable', (_, program) => {
  test('that nothing answers at DATABASE_URL, without its password', async () => {
    expect(await lastWords(program, 'postgres://me:hunter2@127.0.0.1:1/starling')).toBe(
      'No PostgreSQL answers at DATABASE_URL (postgres://me@127.0.0.1:1/starling): ECONNREFUSED. ' +
        'Start it, or correct the address.\n',
    );
  });

  test('that the database refuses the password, asks for one, or is not there', async () => {
    const database = await createEmptyDatabase();
    const wrong = new URL(database.url);
    wrong.password = 'hunter2';
    expect(await lastWords(program, wrong.href)).toMatch(
      /^PostgreSQL at DATABASE_URL \(\S+\) refuses: password authentication failed .*\. Correct DATABASE_URL\.\n$/,
    );
    wrong.password = '';
    expect(await lastWords(program, wrong.href)).toMatch(
      /^PostgreSQL at DATABASE_URL \(\S+\) asks for a password\. Correct DATABASE_URL, which has none\.\n$/,
    );
    await database.drop();
    expect(await lastWords(program, database.url)).toMatch(
      /^PostgreSQL at DATABASE_URL \(\S+\) refuses: database ".*" does not exist\. Correct DATABASE_URL\.\n$/,
    );
  });

  test('that there is something else at DATABASE_URL', async () => {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void server.close());
    const { port } = server.address() as AddressInfo;
    expect(await lastWords(program, `postgres://me:hunter2@127.0.0.1:${port}/starling`)).toBe(
      `No connection to PostgreSQL at DATABASE_URL (postgres://me@127.0.0.1:${port}/starling): ` +
        'Connection terminated unexpectedly. Correct DATABASE_URL.\n',
    );
  });
});
