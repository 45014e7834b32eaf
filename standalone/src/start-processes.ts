import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { createPostgresEventLog } from '@starling/platform/event-log';
import type { Starting } from '@starling/platform/lifecycle';
import { openDatabase } from '@starling/platform/postgres';
import { type DemoLogin, ensureDemoCommunity } from './demo/ensure-demo-community.ts';
import type { StandaloneEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { prepareDatabase } from './prepare-database.ts';
import { type Program, supervise } from './supervise.ts';

/** Where a workspace's process begins. */
function entry(workspace: string): string {
  return fileURLToPath(new URL('main.js', import.meta.resolve(workspace)));
}

/** The gateway and each subgraph in a process of its own, on one database, looked after by this process. */
export async function startProcesses(starting: Starting<StandaloneEnvironment>, say: (line: string) => void) {
  const { environment, logger, stops, signal, giveUp } = starting;
  const { HOST, PORT, METRICS_PORT, LOG_LEVEL, NODE_ENV, DEMO_DATA } = environment;
  const databaseUrl = await prepareDatabase(starting, say);
  const login = DEMO_DATA ? await makeDemoCommunity(databaseUrl) : undefined;
  signal.throwIfAborted();

  const shared = {
    DATABASE_URL: databaseUrl,
    // Nobody but this process and the ones that it starts ever knows it.
    IDENTITY_SECRET: randomBytes(32).toString('base64url'),
    LOG_LEVEL,
    NODE_ENV,
  };
  const start = async (program: Program) => {
    const running = await supervise(program, {
      logger,
      onHopeless: (name) => giveUp(`the process "${name}" ends whenever it is started`),
    });
    stops.add(program.name, () => running.stop());
    return running.url;
  };
  const startSubgraph = (name: string) =>
    start({
      name,
      path: entry(`@starling/${name}`),
      environment: { ...shared, HOST: '127.0.0.1', PORT: '0' },
    });

  const subgraphs = ['users', 'tweets', 'social-graph', 'timeline'];
  const [USERS_URL, TWEETS_URL, SOCIAL_GRAPH_URL, TIMELINE_URL] = await allSettledOrThrow(subgraphs.map(startSubgraph));
  signal.throwIfAborted();
  const url = await start({
    name: 'gateway',
    path: entry('@starling/gateway'),
    environment: {
      ...shared,
      HOST,
      PORT: String(PORT),
      ...(METRICS_PORT === undefined ? {} : { METRICS_PORT: String(METRICS_PORT) }),
      ...{ USERS_URL, TWEETS_URL, SOCIAL_GRAPH_URL, TIMELINE_URL },
    },
  });
  signal.throwIfAborted();
  process.stdout.write(greeting(url, login));
}

async function makeDemoCommunity(url: string): Promise<DemoLogin | undefined> {
  const database = openDatabase({ url, applicationName: 'starling demo', maxConnections: 2 });
  const eventLog = createPostgresEventLog({ url });
  try {
    return await ensureDemoCommunity({ database, eventLog });
  } finally {
    await eventLog.stop();
    await database.close();
  }
}

/** Like `Promise.all`, but fails only when nothing is under way any more: what came up after all is known and can be stopped. */
async function allSettledOrThrow(promises: readonly Promise<string>[]): Promise<string[]> {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
