import pg from 'pg';
import { sessionOptions } from './database.ts';
import { checkServerVersion, type ServerVersion, serverVersion } from './server-version.ts';

/** Nobody answers at the address, or whoever does refuses; `code` is that of the network or of PostgreSQL, if there is one. */
export class PostgresConnectionError extends Error {
  override readonly name = 'PostgresConnectionError';
  readonly code: string | undefined;

  constructor(cause: NodeJS.ErrnoException) {
    super(cause.message, { cause });
    this.code = cause.code;
  }
}

/** What is at the address may be no PostgreSQL at all, and wait for another word. */
const CONNECT_WITHIN_MS = 30_000;

/**
 * A connection to a PostgreSQL that is new enough. Whoever asked for it ends it.
 *
 * @throws PostgresConnectionError
 * @throws PostgresVersionError
 */
export async function connectOnce(url: string, applicationName: string): Promise<pg.Client> {
  const client = await connected(url, applicationName);
  try {
    const { rows } = await client.query<ServerVersion>(serverVersion.text);
    for (const version of rows) checkServerVersion(version);
    return client;
  } catch (error) {
    await client.end();
    throw error;
  }
}

async function connected(url: string, applicationName: string): Promise<pg.Client> {
  try {
    const client = new pg.Client({
      connectionString: url,
      application_name: applicationName,
      connectionTimeoutMillis: CONNECT_WITHIN_MS,
      ...sessionOptions(),
    });
    // It may be ended while nothing is asked of it: the next statement says so.
    client.on('error', () => {});
    await client.connect();
    return client;
  } catch (error) {
    throw new PostgresConnectionError(error as NodeJS.ErrnoException);
  }
}

/** Whether the database can be used as it is. Throws as `connectOnce` does. */
export async function checkPostgres(url: string): Promise<void> {
  const client = await connectOnce(url, 'starling start');
  await client.end();
}
