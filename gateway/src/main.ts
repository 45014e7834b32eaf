import { EnvironmentError } from '@starling/platform/environment';
import { createPostgresEventLog } from '@starling/platform/event-log';
import { announce, createStopList, drainOnSignal } from '@starling/platform/lifecycle';
import { createLogger } from '@starling/platform/telemetry';
import { readGatewayEnvironment } from './environment.ts';
import { remoteKeys } from './remote-keys.ts';
import { startGateway } from './start-gateway.ts';

async function main(): Promise<void> {
  const environment = readGatewayEnvironment();
  const logger = createLogger('gateway', environment.LOG_LEVEL);
  const started = createStopList((name, error) => logger.error({ err: error, part: name }, 'a part did not stop'));
  const drain = drainOnSignal({ stop: () => started.stop(), logger });
  try {
    const eventLog = createPostgresEventLog({ url: environment.DATABASE_URL, logger });
    started.add('event log', () => eventLog.stop());
    const gateway = await startGateway({
      host: environment.HOST,
      port: environment.PORT,
      metricsPort: environment.METRICS_PORT,
      subgraphs: [
        { name: 'users', url: environment.USERS_URL },
        { name: 'tweets', url: environment.TWEETS_URL },
        { name: 'social-graph', url: environment.SOCIAL_GRAPH_URL },
        { name: 'timeline', url: environment.TIMELINE_URL },
      ],
      identitySecret: environment.IDENTITY_SECRET,
      keySet: remoteKeys(environment.USERS_URL),
      eventLog,
      logger,
    });
    started.add('gateway', () => gateway.close());
    logger.info({ url: gateway.url }, 'ready');
    announce(gateway.url);
  } catch (error) {
    logger.fatal({ err: error }, 'the gateway could not start');
    drain(1);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof EnvironmentError ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
