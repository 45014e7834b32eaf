import { randomBytes } from 'node:crypto';
import { extname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { kafkaVariables, mailVariables } from '@starling/platform/environment';
import { createPostgresEventLog } from '@starling/platform/event-log';
import type { Starting } from '@starling/platform/lifecycle';
import { migrate, openDatabase } from '@starling/platform/postgres';
import { abuseVariables } from '@starling/tweets/abuse-rules';
import { whereMailsGo } from '@starling/users';
import { type DemoLogin, ensureDemoCommunity } from './demo/ensure-demo-community.ts';
import type { StandaloneEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { mailOf } from './mail.ts';
import { allMigrations } from './migrations.ts';
import { type Program, supervise } from './supervise.ts';

/** The subgraphs, and by which variable the gateway is told where each of them is. */
const SUBGRAPHS = [
  { name: 'users', variable: 'USERS_URL' },
  { name: 'tweets', variable: 'TWEETS_URL' },
  { name: 'social-graph', variable: 'SOCIAL_GRAPH_URL' },
  { name: 'timeline', variable: 'TIMELINE_URL' },
  { name: 'notifications', variable: 'NOTIFICATIONS_URL' },
];

/** Where the worker begins: beside this module, whether that is source or built. */
const WORKER = fileURLToPath(new URL(`worker${extname(import.meta.url)}`, import.meta.url));

/** Where a workspace's process begins: beside its index, whether that is source or built. */
function entry(workspace: string): string {
  const index = import.meta.resolve(workspace);
  return fileURLToPath(new URL(`main${extname(index)}`, index));
}

/**
 * The gateway, each subgraph, and the worker that does their background work in a process of its own, on the PostgreSQL at
 * `databaseUrl`, looked after by this process.
 */
export async function startProcesses(starting: Starting<StandaloneEnvironment>, databaseUrl: string): Promise<void> {
  const { environment, logger, stops, signal } = starting;
  const { HOST, PORT, METRICS_PORT, LOG_LEVEL, NODE_ENV, DEMO_DATA } = environment;
  const { REDIS_URL, PUSH_FOLLOWER_LIMIT, PUSH_CONTACT, PUSH_ADDRESSES } = environment;
  const mail = mailOf(environment);
  await migrate(databaseUrl, allMigrations);
  signal.throwIfAborted();
  const login = DEMO_DATA ? await makeDemoCommunity(databaseUrl) : undefined;
  signal.throwIfAborted();

  const shared = {
    DATABASE_URL: databaseUrl,
    // Nobody but this process and the ones that it starts ever knows it.
    IDENTITY_SECRET: randomBytes(32).toString('base64url'),
    LOG_LEVEL,
    NODE_ENV,
    BACKGROUND: 'elsewhere',
    ...abuseVariables(environment),
    ...(REDIS_URL === undefined ? {} : { REDIS_URL }),
    ...(PUSH_FOLLOWER_LIMIT === undefined ? {} : { PUSH_FOLLOWER_LIMIT: String(PUSH_FOLLOWER_LIMIT) }),
    DIGEST_PERIOD_HOURS: String(environment.DIGEST_PERIOD_HOURS ?? 'off'),
    ...mailVariables(mail),
    PUSH_ADDRESSES,
    ...(PUSH_CONTACT === undefined ? {} : { PUSH_CONTACT }),
    ...kafkaVariables(environment),
  };
  const start = async (program: Program) => {
    const running = await supervise(program, { logger });
    stops.add(program.name, () => running.stop());
    return running.url;
  };
  const startInside = (name: string, path: string) =>
    start({ name, path, environment: { ...shared, HOST: '127.0.0.1', PORT: '0' } });
  const startSubgraph = async ({ name, variable }: (typeof SUBGRAPHS)[number]): Promise<[string, string]> => [
    variable,
    await startInside(name, entry(`@starling/${name}`)),
  ];

  const subgraphUrls = Object.fromEntries(await allSettledOrThrow(SUBGRAPHS.map(startSubgraph)));
  signal.throwIfAborted();
  const gateway = start({
    name: 'gateway',
    path: entry('@starling/gateway'),
    environment: {
      ...shared,
      HOST,
      PORT: String(PORT),
      ...(METRICS_PORT === undefined ? {} : { METRICS_PORT: String(METRICS_PORT) }),
      TRUSTED_DOCUMENTS: environment.TRUSTED_DOCUMENTS,
      ...subgraphUrls,
    },
  });
  const [url] = await allSettledOrThrow([gateway, startInside('worker', WORKER)] as const);
  signal.throwIfAborted();
  process.stdout.write(greeting(url, login, whereMailsGo(mail)));
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
async function allSettledOrThrow<Promises extends readonly Promise<unknown>[]>(promises: Promises) {
  await Promise.allSettled(promises);
  return Promise.all(promises);
}
