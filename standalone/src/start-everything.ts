import { startGateway } from '@starling/gateway';
import { createNotifications, digestsEvery } from '@starling/notifications';
import { kafkaOf } from '@starling/platform/environment';
import type { Starting } from '@starling/platform/lifecycle';
import { openParts } from '@starling/platform/parts';
import { migrate } from '@starling/platform/postgres';
import { createSocialGraph } from '@starling/social-graph';
import { createTimeline, DEFAULT_PUSH_FOLLOWER_LIMIT } from '@starling/timeline';
import { createTweets } from '@starling/tweets';
import { abuseRulesOf } from '@starling/tweets/abuse-rules';
import { createUsers, openMail, whereMailsGo } from '@starling/users';
import { ensureDemoCommunity } from './demo/ensure-demo-community.ts';
import type { StandaloneEnvironment } from './environment.ts';
import { greeting } from './greeting.ts';
import { mailOf } from './mail.ts';
import { allMigrations } from './migrations.ts';

/** The whole system in this process, on the PostgreSQL at `url`. */
export async function startEverything(starting: Starting<StandaloneEnvironment>, url: string): Promise<void> {
  const { environment, logger, stops, signal } = starting;
  await migrate(url, allMigrations);
  signal.throwIfAborted();
  const parts = await openParts({
    url,
    redisUrl: environment.REDIS_URL,
    kafka: kafkaOf(environment),
    name: 'starling',
    alone: true,
    logger,
    stops,
  });
  signal.throwIfAborted();
  const login = environment.DEMO_DATA ? await ensureDemoCommunity(parts) : undefined;
  signal.throwIfAborted();

  const mail = mailOf(environment);
  const users = createUsers(parts, { mail: openMail(mail) });
  const { PUSH_FOLLOWER_LIMIT: pushFollowerLimit = DEFAULT_PUSH_FOLLOWER_LIMIT } = environment;
  const timeline = createTimeline(parts, { pushFollowerLimit });
  const notifications = createNotifications(parts, {
    push: { contact: environment.PUSH_CONTACT, addresses: environment.PUSH_ADDRESSES },
    digests: digestsEvery(environment.DIGEST_PERIOD_HOURS),
  });
  const tweets = createTweets(parts, { abuseRules: abuseRulesOf(environment) });
  const subgraphs = [users, tweets, createSocialGraph(parts), timeline, notifications];
  for (const subgraph of subgraphs) stops.add(subgraph.name, () => subgraph.stop());
  await Promise.all(subgraphs.map((subgraph) => subgraph.start()));
  signal.throwIfAborted();

  const gateway = await startGateway({
    host: environment.HOST,
    port: environment.PORT,
    metricsPort: environment.METRICS_PORT,
    subgraphs,
    keySet: () => users.keySet(),
    eventLog: parts.eventLog,
    checkReady: parts.redis?.checkReady,
    onlyTrustedDocuments: environment.TRUSTED_DOCUMENTS === 'only',
    showsFaults: environment.NODE_ENV === 'development',
    logger,
  });
  stops.add('gateway', () => gateway.close());
  signal.throwIfAborted();
  process.stdout.write(greeting(gateway.url, login, whereMailsGo(mail)));
}
