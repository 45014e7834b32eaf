import { createNotifications, digestsEvery } from '@starling/notifications';
import { kafkaOf } from '@starling/platform/environment';
import { announce, type Starting } from '@starling/platform/lifecycle';
import { serveOperators } from '@starling/platform/operators';
import { openParts } from '@starling/platform/parts';
import { migrate } from '@starling/platform/postgres';
import { createMetricsRegistry } from '@starling/platform/telemetry';
import { createSocialGraph } from '@starling/social-graph';
import { createTimeline } from '@starling/timeline';
import { createTweets } from '@starling/tweets';
import { createUsers, openMail } from '@starling/users';
import { allMigrations } from './migrations.ts';
import type { WorkerEnvironment } from './worker-environment.ts';

/** The background work of every subgraph, for processes that leave it to workers: this one serves nobody but operators. */
export async function startWorker({ environment, logger, stops, signal }: Starting<WorkerEnvironment>): Promise<void> {
  const { HOST: host, PORT: port, DATABASE_URL: url } = environment;
  const kafka = kafkaOf(environment);
  await migrate(url, allMigrations);
  signal.throwIfAborted();
  const parts = await openParts({
    url,
    kafka,
    name: 'starling worker',
    alone: false,
    attention: 'stored',
    logger,
    stops,
  });
  signal.throwIfAborted();

  const subgraphs = [
    createUsers(parts, { mail: openMail(environment) }),
    createTweets(parts, { abuseRules: 'off' }),
    createSocialGraph(parts),
    // The limit of push is set by those that serve.
    createTimeline(parts),
    createNotifications(parts, {
      push: { contact: environment.PUSH_CONTACT, addresses: environment.PUSH_ADDRESSES },
      digests: digestsEvery(environment.DIGEST_PERIOD_HOURS),
    }),
  ];
  for (const subgraph of subgraphs) stops.add(subgraph.name, () => subgraph.stop());
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  signal.throwIfAborted();

  const metrics = createMetricsRegistry();
  parts.eventLog.measure?.(metrics);
  for (const subgraph of subgraphs) subgraph.measure?.(metrics);
  const checkReady = () => parts.database.pool.query('SELECT 1');
  const server = await serveOperators({ host, port, metrics, checkReady });
  stops.add('server', () => server.close());
  logger.info({ url: server.url }, 'working');
  announce(server.url);
}
