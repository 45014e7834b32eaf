import { type CopyTarget, type CopyValue, copyRows } from '@starling/platform/postgres';
import pg from 'pg';
import { ImportError } from './import-error.ts';

const LOCK = 'starling import';
/** An import that was killed leaves its session behind for a moment, until the database notices. */
const LOCK_WAIT_MS = 5_000;
const LOCK_NOT_AVAILABLE = '55P03';
/** Rows sent at once. Sending gives the session a transaction number, before which the event log reads no further: be brief. */
const ROWS_AT_ONCE = 20_000;

/** Room to sort in, and a look now and then whether the importer still lives while a long statement runs. */
const SETTINGS = `SET lock_timeout = 0; SET work_mem = '64MB'; SET temp_buffers = '64MB';
  SET client_min_messages = warning; SET client_connection_check_interval = '1s'`;

/**
 * A session of its own with temporary tables, where a file's lines wait to be sorted and joined by the database, so that
 * memory stays small whatever the file's size. The tables are seen by nobody else and go with the session, however it ends.
 */
export interface Staging {
  /** Runs statements that answer nothing. */
  run(sql: string): Promise<void>;
  query<Row extends pg.QueryResultRow>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
  /** Answers how many rows it was given. */
  fill(target: CopyTarget, rows: AsyncIterable<readonly CopyValue[]>): Promise<number>;
  /** The rows of a query, so many at a time, all of one moment; no transaction stays open meanwhile. One at once. */
  batches<Row extends pg.QueryResultRow>(sql: string, size: number): AsyncGenerator<Row[]>;
  close(): Promise<void>;
}

/** @throws ImportError when another import has it for longer than `lockWaitMs`. */
export async function openStaging(url: string, lockWaitMs = LOCK_WAIT_MS): Promise<Staging> {
  const client = new pg.Client({ connectionString: url, application_name: 'starling import staging' });
  let broken: Error | undefined;
  client.on('error', (error) => {
    broken = error;
  });
  await client.connect();
  const query = async <Row extends pg.QueryResultRow>(sql: string, values: readonly unknown[] = []): Promise<Row[]> => {
    if (broken) throw broken;
    return (await client.query<Row>(sql, [...values])).rows;
  };
  try {
    await query(`SELECT set_config('lock_timeout', $1, false)`, [`${lockWaitMs}ms`]);
    await query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [LOCK]);
    await client.query(SETTINGS);
  } catch (error) {
    await client.end();
    if (!(error instanceof pg.DatabaseError) || error.code !== LOCK_NOT_AVAILABLE) throw error;
    throw new ImportError('Another import is running on this database.');
  }

  return {
    query,
    async run(sql) {
      await client.query(sql);
    },
    async fill(target, rows) {
      let filled = 0;
      let waiting: (readonly CopyValue[])[] = [];
      const send = async () => {
        if (waiting.length > 0) filled += await copyRows(client, target, waiting);
        waiting = [];
      };
      for await (const row of rows) {
        waiting.push(row);
        if (waiting.length === ROWS_AT_ONCE) await send();
      }
      await send();
      return filled;
    },
    async *batches<Row extends pg.QueryResultRow>(sql: string, size: number) {
      // WITH HOLD: the result is kept by the session once its transaction, which only reads, has ended.
      await client.query(`BEGIN READ ONLY; DECLARE rows_of_batches NO SCROLL CURSOR WITH HOLD FOR ${sql}; COMMIT`);
      try {
        for (;;) {
          const rows = await query<Row>(`FETCH ${size} FROM rows_of_batches`);
          if (rows.length === 0) return;
          yield rows;
        }
      } finally {
        await client.query('CLOSE rows_of_batches');
      }
    },
    close: () => client.end(),
  };
}
