import { migrate } from '@starling/platform/postgres';
import pg from 'pg';
import { allMigrations, hashMigrations } from './migrations.ts';

/** Any number that test runs, and nobody else on the server, take as their advisory lock. */
const TEMPLATE_LOCK = 7_246_116;

export function withDatabase(url: string, database: string): string {
  const changed = new URL(url);
  changed.pathname = `/${database}`;
  return changed.href;
}

export async function withClient<Result>(url: string, work: (client: pg.Client) => Promise<Result>): Promise<Result> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Removes a database with whoever is connected to it. A reader of the write-ahead log is ended first, because PostgreSQL
 * refuses to remove a database that has one.
 */
export async function dropDatabase(client: pg.Client, name: string): Promise<void> {
  const endReaders = `SELECT pg_terminate_backend(active_pid) FROM pg_replication_slots
    WHERE database = $1 AND active_pid IS NOT NULL`;
  while ((await client.query(endReaders, [name])).rowCount !== 0);
  await client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
}

/**
 * Makes sure that the server holds a migrated database to clone, and answers its name. The name says which migrations it
 * holds, and it gets the name only when it is whole: runs at the same time, and runs that were killed, do no harm.
 */
export function prepareTemplate(serverUrl: string): Promise<string> {
  const template = `starling_template_${hashMigrations(allMigrations)}`;
  const unfinished = `${template}_unfinished`;
  return withClient(serverUrl, async (client) => {
    await client.query('SELECT pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      await dropDatabase(client, unfinished);
      await client.query(`CREATE DATABASE ${unfinished} ENCODING 'UTF8' TEMPLATE template0`);
      await migrate(withDatabase(serverUrl, unfinished), allMigrations);
      await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${template}`);
    }
    return template;
  });
}
