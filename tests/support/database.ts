import { randomBytes } from 'node:crypto';
import { inject } from 'vitest';
import { dropDatabase, withClient, withDatabase } from './template.ts';

export interface TestDatabase {
  readonly url: string;
  /** Ends whatever is still connected, and removes the database. */
  drop(): Promise<void>;
}

/** A database of its own for a test file, with every migration applied. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('postgres').template);
}

/** A database with nothing in it. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0');
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const { serverUrl, databasePrefix } = inject('postgres');
  const name = `${databasePrefix}${randomBytes(6).toString('hex')}`;
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name} TEMPLATE ${template}`));
  return {
    url: withDatabase(serverUrl, name),
    async drop() {
      await withClient(serverUrl, (client) => dropDatabase(client, name));
    },
  };
}
