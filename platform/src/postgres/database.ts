import pg from 'pg';

/** SQL that carries its own name: prepared once per connection, and told apart in logs, tests and `pg_stat_statements`. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export function statement(name: string, text: string): Statement {
  return { name, text };
}

/** What runs statements: the pool (each statement on its own) or one open transaction. `int8` comes back as a string. */
export interface Queryable {
  query<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
}

/** An open transaction. `client` is for what speaks the protocol itself (COPY). */
export interface Transaction extends Queryable {
  readonly client: pg.PoolClient;
  /** Calls back right after the commit, never after a rollback. For wake-ups that may be lost: a crash forgets them. */
  afterCommit(callback: () => void): void;
}

/** One connection, for what outlasts statements and is no transaction (a lock of the session). */
export interface Connection extends Queryable {
  /** Gives it back; with an error it is closed instead, and what the session held ends with it. */
  release(error?: Error): void;
}

export interface TransactionOptions {
  /** False gives up waiting for the disk: only for effects that are repeated after a crash (consumers). Default true. */
  readonly durable?: boolean;
  readonly isolation?: 'READ COMMITTED' | 'REPEATABLE READ';
}

export interface Database extends Queryable {
  readonly url: string;
  readonly pool: pg.Pool;
  transaction<Result>(
    work: (transaction: Transaction) => Promise<Result>,
    options?: TransactionOptions,
  ): Promise<Result>;
  /** Takes a connection out of the pool, for whoever releases it. */
  connect(): Promise<Connection>;
  /** Calls back with the name of each statement that is sent; answers the function that stops it. For tests and metrics. */
  onStatement(listener: (name: string) => void): () => void;
  /** Waits for what is under way. A second call waits for the first. */
  close(): Promise<void>;
}

export interface DatabaseOptions {
  readonly url: string;
  readonly applicationName: string;
  /** Connections at most; further callers wait in line. */
  readonly maxConnections?: number;
  /** PostgreSQL settings of every connection, such as `{ synchronous_commit: 'off' }`. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly onError?: (error: Error) => void;
}

/**
 * How a connection is asked for signs of life. A side that waits for the other notices within half a minute that its machine is
 * gone without a word, and the server then ends the session with the locks that it holds: left alone, both take two hours.
 */
const SERVER_ASKS = { tcp_keepalives_idle: '10', tcp_keepalives_interval: '5', tcp_keepalives_count: '3' };
export const CLIENT_ASKS = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 };

/** Options of the driver for a session with these settings, in which either side asks for signs of life. */
export function sessionOptions(settings: Readonly<Record<string, string>> = {}) {
  const all = Object.entries({ ...SERVER_ASKS, ...settings });
  return { options: all.map(([name, value]) => `-c ${name}=${value}`).join(' '), ...CLIENT_ASKS };
}

interface Submits<Row> {
  query(query: pg.Query, values: undefined, done: (error: Error | null, result: { rows: Row[] }) => void): void;
}

export function openDatabase(options: DatabaseOptions): Database {
  const { url, applicationName, maxConnections = 10, settings = {}, onError } = options;
  const pool = new pg.Pool({
    connectionString: url,
    application_name: applicationName,
    max: maxConnections,
    connectionTimeoutMillis: 10_000,
    ...sessionOptions(settings),
  });
  // An idle connection that breaks is replaced by the pool; without a listener it would end the process.
  // One that is about to be closed may break: its server may be on its way down, too.
  let closing: Promise<void> | undefined;
  pool.on('error', (error) => {
    if (!closing) onError?.(error);
  });
  // While a connection is in somebody's hands the pool does not listen, and the server may end it in the very moment in
  // which it is handed over. The holder is told by the next statement, which is refused.
  pool.on('connect', (client) => client.on('error', () => {}));
  const listeners = new Set<(name: string) => void>();

  const run = async <Row extends object>(
    runner: pg.Pool | pg.PoolClient,
    { name, text }: Statement,
    values: readonly unknown[] = [],
  ): Promise<Row[]> => {
    for (const listener of listeners) listener(name);
    // As text, and named afterwards: of an object the driver makes a copy with all descriptors of its properties.
    const query = new pg.Query(text, values as unknown[]) as pg.Query & { name: string };
    query.name = name;
    try {
      return await new Promise((resolve, reject) => {
        (runner as unknown as Submits<Row>).query(query, undefined, (error, result) =>
          error ? reject(error) : resolve(result.rows),
        );
      });
    } catch (error) {
      // Where it was asked, not where the socket was read.
      if (error instanceof Error) Error.captureStackTrace(error);
      throw error;
    }
  };

  return {
    url,
    pool,
    query: (statement, values) => run(pool, statement, values),
    async transaction(work, { durable = true, isolation = 'READ COMMITTED' } = {}) {
      const client = await pool.connect();
      let broken: Error | undefined;
      const onBroken = (error: Error) => {
        broken = error;
      };
      client.on('error', onBroken);
      const callbacks: (() => void)[] = [];
      try {
        await client.query(
          `BEGIN ISOLATION LEVEL ${isolation}${durable ? '' : '; SET LOCAL synchronous_commit = off'}`,
        );
        const result = await work({
          client,
          query: (statement, values) => run(client, statement, values),
          afterCommit: (callback) => callbacks.push(callback),
        });
        // PostgreSQL answers COMMIT of a failed transaction with ROLLBACK and no error.
        const { command } = await client.query('COMMIT');
        if (command !== 'COMMIT') throw new Error('A statement of the transaction had failed: nothing was committed.');
        for (const callback of callbacks) callback();
        return result;
      } catch (error) {
        await client.query('ROLLBACK').catch((failure: Error) => {
          broken = failure;
        });
        throw error;
      } finally {
        client.off('error', onBroken);
        client.release(broken);
      }
    },
    async connect() {
      const client = await pool.connect();
      return {
        query: (statement, values) => run(client, statement, values),
        release: (error) => client.release(error),
      };
    },
    onStatement(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      closing ??= pool.end();
      return closing;
    },
  };
}

/** PostgreSQL's code for a violated unique constraint. */
export const UNIQUE_VIOLATION = '23505';

/** The violated constraint's name when `error` is a violation of `code`, else undefined. */
export function violatedConstraint(error: unknown, code: string = UNIQUE_VIOLATION): string | undefined {
  return error instanceof pg.DatabaseError && error.code === code ? error.constraint : undefined;
}
