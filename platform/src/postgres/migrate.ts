import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runner } from 'node-pg-migrate';
import { connectOnce } from './connect-once.ts';

/** A folder of forward-only SQL migrations, and the PostgreSQL schema that holds both its tables and its record of them. */
export interface Migrations {
  readonly schema: string;
  readonly folder: string;
}

/**
 * Brings a database up to date: each set in its own schema, under one lock that is waited for, so that processes may start
 * at once. Files are named `0001_what_it_brings.sql` and run in the order of their numbers, each in a transaction. Nothing
 * of it is connected any more once it resolves.
 *
 * @throws PostgresConnectionError
 * @throws PostgresVersionError before anything is made.
 */
export async function migrate(url: string, sets: readonly Migrations[]): Promise<void> {
  const client = await connectOnce(url, 'starling migrations');
  try {
    for (const { schema, folder } of sets) {
      await runner({
        dbClient: client,
        dir: folder,
        direction: 'up',
        schema,
        createSchema: true,
        migrationsSchema: schema,
        migrationsTable: 'migrations',
        checkOrder: true,
        advisoryLockMode: 'wait',
        log: () => {},
      });
    }
  } finally {
    await client.end();
  }
}

/** The path of a file of the package that holds `moduleUrl`, whether that module runs from `src` or from `dist`. */
export function packageFile(moduleUrl: string, path: string): string {
  let folder = dirname(fileURLToPath(moduleUrl));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return join(folder, path);
}
