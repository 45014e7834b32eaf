import { setTimeout as pause } from 'node:timers/promises';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import pg from 'pg';
import { until } from '../../engines/processes.ts';
import { comeback, type Victim } from './victim.ts';

export interface CrashingPostgres {
  readonly url: string;
  readonly version: string;
  readonly victims: readonly Victim[];
  /** One question, on a connection of its own. */
  query<Row extends object>(text: string): Promise<Row[]>;
  stop(): Promise<void>;
}

/** The embedded PostgreSQL as the product runs it: what is committed is on the disk. It always comes back on its port. */
export async function startCrashingPostgres(dataDirectory: string): Promise<CrashingPostgres> {
  let server: EmbeddedPostgres = await startEmbeddedPostgres({ dataDirectory });
  const { url } = server;
  const port = Number(new URL(url).port);

  const query = async <Row extends object>(text: string): Promise<Row[]> => {
    const client = new pg.Client({
      connectionString: url,
      application_name: 'crash harness',
      connectionTimeoutMillis: 5_000,
    });
    client.on('error', () => {
      // Told to who asks, by the rejection.
    });
    try {
      await client.connect();
      return (await client.query<Row>(text)).rows;
    } finally {
      await client.end().catch(() => {});
    }
  };
  const answers = () =>
    until('PostgreSQL answers', async () => (await query('SELECT 1')).length === 1, { withinMs: 60_000 });

  // The whole server, and one of its sessions, upon which it ends all the others and recovers by itself.
  const { isDown, begin, back } = comeback();
  const whole: Victim = {
    kind: 'PostgreSQL',
    name: 'PostgreSQL',
    back,
    async strike(downMs) {
      if (isDown()) return undefined;
      const { pid, gone } = server;
      process.kill(pid, 'SIGKILL');
      begin(async () => {
        await gone;
        await pause(downMs);
        await server.stop();
        server = await startEmbeddedPostgres({ dataDirectory, port });
        await answers();
      });
      return `PostgreSQL (${pid})`;
    },
  };
  const session: Victim = {
    kind: 'PostgreSQL session',
    name: 'a session of PostgreSQL',
    back,
    async strike() {
      if (isDown()) return undefined;
      const busy = `SELECT pid, application_name AS name FROM pg_stat_activity
        WHERE backend_type IN ('client backend', 'walsender') AND pid <> pg_backend_pid()
        ORDER BY state_change DESC LIMIT 1`;
      const [found] = await query<{ pid: number; name: string }>(busy).catch(() => []);
      if (!found || isDown()) return undefined;
      process.kill(found.pid, 'SIGKILL');
      begin(answers);
      return `a session of PostgreSQL (${found.pid}, ${found.name})`;
    },
  };

  const [row] = await query<{ server_version: string }>('SHOW server_version');
  return {
    url,
    version: row?.server_version ?? 'unknown',
    victims: [whole, session],
    query,
    async stop() {
      await back().catch(() => {});
      await server.stop();
    },
  };
}
