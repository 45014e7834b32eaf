import { randomBytes } from 'node:crypto';
import type { TestProject } from 'vitest/node';
import { leftOutSuites } from './engine-suites.ts';
import { startTestServer } from './server.ts';
import { dropDatabase, prepareTemplate, withClient } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Where `createTestDatabase` makes its databases, and of what. */
    postgres: { serverUrl: string; template: string; databasePrefix: string };
  }
}

/** One PostgreSQL per run: a throw-away one, or the one that `TEST_POSTGRES_URL` names. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { line } = leftOutSuites();
  if (line !== undefined) process.stdout.write(`${line}\n`);
  const server = await startTestServer(process.env.TEST_POSTGRES_URL);
  const databasePrefix = `starling_test_${randomBytes(4).toString('hex')}_`;
  try {
    const template = await prepareTemplate(server.url);
    project.provide('postgres', { serverUrl: server.url, template, databasePrefix });
  } catch (error) {
    await server.stop();
    throw error;
  }
  return async () => {
    await dropDatabases(server.url, databasePrefix);
    await server.stop();
  };
}

/** What tests that failed or were ended left behind. */
async function dropDatabases(serverUrl: string, prefix: string): Promise<void> {
  await withClient(serverUrl, async (client) => {
    const { rows } = await client.query<{ datname: string }>(
      'SELECT datname FROM pg_database WHERE starts_with(datname, $1)',
      [prefix],
    );
    for (const { datname } of rows) await dropDatabase(client, datname);
  });
}
