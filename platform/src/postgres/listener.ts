import { setTimeout as pause } from 'node:timers/promises';
import pg from 'pg';
import type { Logger } from 'pino';
import { sessionOptions } from './database.ts';

/** Notifications of any number of channels over one connection, which is made anew whenever it breaks. */
export interface Listener {
  /** Resolves once listening, however long the database is away. One callback per channel. */
  listen(channel: string, onNotification: (payload: string) => void): Promise<void>;
  unlisten(channel: string): Promise<void>;
  close(): Promise<void>;
}

export interface ListenerOptions {
  readonly url: string;
  readonly applicationName: string;
  /** Listening again after the connection had broken: notifications may have been lost. */
  readonly onReconnect: () => void;
  /** The connection broke, or could not be made. */
  readonly onBroken?: () => void;
  readonly logger?: Logger | undefined;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
/** A connection that dies without a word is noticed within twice this time. */
const HEARTBEAT_MS = 10_000;
const GOODBYE_MS = 1_000;

interface Connection {
  readonly client: pg.Client;
  /** Runs one statement after the other, in the order of the calls. */
  run(sql: string): Promise<unknown>;
  /** Resolves, with the reason, when it can no longer be used. */
  readonly broken: Promise<Error>;
}

async function connect({ url, applicationName }: ListenerOptions): Promise<Connection> {
  const client = new pg.Client({
    connectionString: url,
    application_name: applicationName,
    connectionTimeoutMillis: 10_000,
    ...sessionOptions(),
  });
  const broken = new Promise<Error>((resolve) => {
    client.on('error', resolve);
    client.on('end', () => resolve(new Error('The connection has ended.')));
  });
  await client.connect();
  let last: Promise<unknown> = Promise.resolve();
  const run = (sql: string): Promise<unknown> => {
    const result = last.then(() => client.query(sql));
    // How it ends is the business of its caller, not of the next in line.
    last = result.catch(() => {});
    return result;
  };
  return { client, run, broken };
}

/** Resolves when the connection does not answer any more. */
function silence({ run }: Connection, signal: AbortSignal): Promise<Error> {
  return new Promise((resolve) => {
    let answered = true;
    const timer = setInterval(() => {
      if (!answered) return resolve(new Error('The connection does not answer.'));
      answered = false;
      run('SELECT 1').then(() => {
        answered = true;
      }, resolve);
    }, HEARTBEAT_MS).unref();
    signal.addEventListener('abort', () => clearInterval(timer));
  });
}

interface Expected<Value> {
  readonly promise: Promise<Value>;
  readonly resolve: (value: Value) => void;
  readonly reject: (error: Error) => void;
}

function expected<Value>(): Expected<Value> {
  let settle: Omit<Expected<Value>, 'promise'> | undefined;
  const promise = new Promise<Value>((resolve, reject) => {
    settle = { resolve, reject };
  });
  // There may be nobody who waits when it is rejected.
  promise.catch(() => {});
  return { promise, ...(settle as Omit<Expected<Value>, 'promise'>) };
}

export function openListener(options: ListenerOptions): Listener {
  const { onReconnect, onBroken, logger } = options;
  const callbacks = new Map<string, (payload: string) => void>();
  const closing = new AbortController();
  let ready = expected<Connection>();
  let current: Connection | undefined;
  let running: Promise<void> | undefined;

  const listenTo = ({ run }: Connection, channel: string) => run(`LISTEN ${pg.escapeIdentifier(channel)}`);

  /** One connection's life. */
  const live = async (reconnected: boolean): Promise<void> => {
    const connection = await connect(options);
    const { client, broken } = connection;
    const over = new AbortController();
    try {
      client.on('notification', ({ channel, payload }) => callbacks.get(channel)?.(payload ?? ''));
      for (const channel of callbacks.keys()) await listenTo(connection, channel);
      current = connection;
      ready.resolve(connection);
      if (reconnected) onReconnect();
      const closed = new Promise<null>((resolve) => {
        if (closing.signal.aborted) resolve(null);
        closing.signal.addEventListener('abort', () => resolve(null), { signal: over.signal });
      });
      const reason = await Promise.race([broken, silence(connection, over.signal), closed]);
      if (reason) throw reason;
    } finally {
      over.abort();
      // Those who wait for a connection that never came to be ready wait for the next.
      if (current && !closing.signal.aborted) ready = expected<Connection>();
      current = undefined;
      // A connection that is dead already says no goodbye.
      const ended = client.end().catch(() => {});
      if (closing.signal.aborted) await Promise.race([ended, pause(GOODBYE_MS, undefined, { ref: false })]);
    }
  };

  const run = async (): Promise<void> => {
    let wait = FIRST_PAUSE_MS;
    let reconnected = false;
    while (!closing.signal.aborted) {
      const began = performance.now();
      try {
        await live(reconnected);
      } catch (error) {
        logger?.warn({ err: error, application: options.applicationName }, 'the listening connection broke');
        onBroken?.();
      }
      if (closing.signal.aborted) return;
      reconnected = true;
      if (performance.now() - began > LONGEST_PAUSE_MS) wait = FIRST_PAUSE_MS;
      // Closing ends the pause.
      await pause(wait, undefined, { signal: closing.signal }).catch(() => {});
      wait = Math.min(wait * 2, LONGEST_PAUSE_MS);
    }
  };

  return {
    async listen(channel, onNotification) {
      callbacks.set(channel, onNotification);
      running ??= run();
      for (;;) {
        const waited = ready;
        const connection = await waited.promise;
        try {
          await listenTo(connection, channel);
          return;
        } catch (error) {
          // The connection broke meanwhile: the next one listens to every channel there is.
          if (ready === waited) await pause(FIRST_PAUSE_MS);
          if (closing.signal.aborted) throw error;
        }
      }
    },
    async unlisten(channel) {
      callbacks.delete(channel);
      // Without a connection, or on one that breaks, there is nothing left to stop.
      await current?.run(`UNLISTEN ${pg.escapeIdentifier(channel)}`).catch(() => {});
    },
    async close() {
      closing.abort();
      ready.reject(new Error('The listener has been closed.'));
      await running;
    },
  };
}
