import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createStopList } from '@starling/platform/lifecycle';
import { openDatabase, statement } from '@starling/platform/postgres';
import { startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { until } from '../../engines/processes.ts';
import { build } from '../../scripts/build.mjs';
import { type Client, createClient } from '../contract/people.ts';
import { openLiveClient } from '../support/live-client.ts';
import { startTestProcess, type TestProcess } from '../support/process.ts';
import { send } from '../support/send.ts';

/** What each gateway has a process of its own of. */
export type Streaming = 'tweets' | 'timeline' | 'notifications';

/** Two gateways, each on its own processes of what serves streams, and all of them on one PostgreSQL. */
export interface Instances {
  readonly gateways: readonly TestProcess[];
  /** In the order of the gateways that ask them. */
  readonly subgraphs: Readonly<Record<Streaming, readonly TestProcess[]>>;
  urlOf(gateway: number): string;
  doorOf(gateway: number): Client;
  /** Takes back what was committed without a wait for the disk. Resolves when PostgreSQL is back. */
  crashPostgres(): Promise<void>;
  stop(): Promise<void>;
}

const GATEWAYS = [0, 1] as const;
/** What is committed without a wait for the disk stays in memory for long: a crash takes it back. */
const FORGETFUL = { wal_writer_delay: '10s', wal_writer_flush_after: '0', shared_buffers: '64MB' };

/** On a PostgreSQL of their own and the engines that `engines` names, as the product's variables do. */
export async function startInstances(engines: Readonly<Record<string, string>>): Promise<Instances> {
  build();
  const stops = createStopList((name, error) => {
    throw new Error(`${name} did not stop`, { cause: error });
  });
  const directory = await mkdtemp(join(tmpdir(), 'starling-live-'));
  stops.add('directory', () => rm(directory, { recursive: true, force: true }));
  try {
    const postgres = await startEmbeddedPostgres({ dataDirectory: directory, settings: FORGETFUL });
    stops.add('PostgreSQL', () => postgres.stop());
    const shared = {
      ...engines,
      DATABASE_URL: postgres.url,
      IDENTITY_SECRET: 'a secret that only this test run knows',
    };
    const processes: TestProcess[] = [];
    stops.add('processes', () => Promise.all(processes.map((each) => each.stop())));
    const start = async (folder: string, environment = {}) => {
      const started = await startTestProcess(folder, { ...shared, ...environment });
      processes.push(started);
      return started;
    };
    const each = (name: Streaming) => Promise.all(GATEWAYS.map(() => start(`subgraphs/${name}`)));
    const users = await start('subgraphs/users');
    const [socialGraph, tweets, timeline, notifications] = await Promise.all([
      start('subgraphs/social-graph'),
      each('tweets'),
      each('timeline'),
      each('notifications'),
    ]);
    const gateways = await Promise.all(
      GATEWAYS.map((gateway) =>
        start('gateway', {
          USERS_URL: users.url,
          SOCIAL_GRAPH_URL: socialGraph.url,
          TWEETS_URL: tweets[gateway]?.url,
          TIMELINE_URL: timeline[gateway]?.url,
          NOTIFICATIONS_URL: notifications[gateway]?.url,
        }),
      ),
    );
    const database = openDatabase({ url: postgres.url, applicationName: 'live tests', onError: () => {} });
    stops.add('database', () => database.close());
    const urlOf = (gateway: number) => gateways[gateway]?.url ?? '';

    return {
      gateways,
      subgraphs: { tweets, timeline, notifications },
      urlOf,
      doorOf: (gateway) =>
        createClient({
          graphql: (document, variables, token) => send(urlOf(gateway), document, variables, token),
          live: (token) => openLiveClient(`${urlOf(gateway).replace(/^http/, 'ws')}/graphql`, token),
          stop: async () => {},
        }),
      async crashPostgres() {
        // One of its processes killed: it ends all others and recovers from its log.
        const [mine] = await database.query<{ pid: number }>(
          statement('tests.backend', 'select pg_backend_pid() as pid'),
        );
        if (!mine) throw new Error('PostgreSQL has not told which process of it answers.');
        process.kill(mine.pid, 'SIGKILL');
        await until('it is back', async () => (await database.query(statement('tests.one', 'select 1'))).length === 1);
      },
      stop: () => stops.stop(),
    };
  } catch (error) {
    await stops.stop();
    throw error;
  }
}
