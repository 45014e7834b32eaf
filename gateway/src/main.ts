import { createPostgresEventLog } from '@starling/platform/event-log';
import { announce, explainStart, runProcess } from '@starling/platform/lifecycle';
import { checkPostgres } from '@starling/platform/postgres';
import { readGatewayEnvironment } from './environment.ts';
import { remoteKeys } from './remote-keys.ts';
import { startGateway } from './start-gateway.ts';

/** It only listens to one topic. */
const EVENT_BATCHES = 2;

await runProcess({
  name: 'gateway',
  readEnvironment: readGatewayEnvironment,
  async start({ environment, logger, stops, signal }) {
    await checkPostgres(environment.DATABASE_URL);
    signal.throwIfAborted();
    const eventLog = createPostgresEventLog({
      url: environment.DATABASE_URL,
      logger,
      attention: 'memory',
      maxBatches: EVENT_BATCHES,
    });
    stops.add('event log', () => eventLog.stop());
    const gateway = await startGateway({
      host: environment.HOST,
      port: environment.PORT,
      metricsPort: environment.METRICS_PORT,
      subgraphs: [
        { name: 'users', url: environment.USERS_URL },
        { name: 'tweets', url: environment.TWEETS_URL },
        { name: 'social-graph', url: environment.SOCIAL_GRAPH_URL },
        { name: 'timeline', url: environment.TIMELINE_URL },
        { name: 'notifications', url: environment.NOTIFICATIONS_URL },
      ],
      identitySecret: environment.IDENTITY_SECRET,
      keySet: remoteKeys(environment.USERS_URL),
      eventLog,
      onlyTrustedDocuments: environment.TRUSTED_DOCUMENTS === 'only',
      showsFaults: environment.NODE_ENV === 'development',
      logger,
    });
    stops.add('gateway', () => gateway.close());
    signal.throwIfAborted();
    logger.info({ url: gateway.url }, 'serving');
    announce(gateway.url);
  },
  explain: explainStart,
});
