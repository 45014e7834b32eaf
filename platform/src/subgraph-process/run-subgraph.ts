import { kafkaOf } from '../environment/kafka-environment.ts';
import type { Parts, Subgraph } from '../graphql/subgraph.ts';
import { announce } from '../lifecycle/announce.ts';
import { explainStart } from '../lifecycle/explain-start.ts';
import { runProcess } from '../lifecycle/run-process.ts';
import { openParts } from '../parts/open-parts.ts';
import { type Migrations, migrate } from '../postgres/migrate.ts';
import { platformMigrations } from '../postgres/platform-migrations.ts';
import { serveSubgraph } from '../subgraph-server/serve-subgraph.ts';
import { createMetricsRegistry } from '../telemetry/metrics.ts';
import type { SubgraphEnvironment } from './subgraph-environment.ts';

export interface SubgraphProcess<Made extends Subgraph, Environment extends SubgraphEnvironment> {
  readonly name: string;
  readonly readEnvironment: () => Environment;
  readonly migrations: Migrations;
  readonly create: (parts: Parts, environment: Environment) => Made;
  /** Further pages that anybody may GET. */
  readonly routes?: (subgraph: Made) => Readonly<Record<string, () => Promise<unknown>>>;
}

/** A subgraph as a process of its own: migrate, open the parts, consume, serve, and drain when told. */
export function runSubgraph<Made extends Subgraph, Environment extends SubgraphEnvironment>(
  subgraphProcess: SubgraphProcess<Made, Environment>,
): Promise<void> {
  const { name, readEnvironment, migrations, create, routes } = subgraphProcess;
  return runProcess({
    name,
    readEnvironment,
    async start({ environment, logger, stops, signal }) {
      const { HOST: host, PORT: port, DATABASE_URL: url, IDENTITY_SECRET: identitySecret } = environment;
      const kafka = kafkaOf(environment);
      await migrate(url, [platformMigrations, migrations]);
      signal.throwIfAborted();
      const parts = await openParts({
        url,
        redisUrl: environment.REDIS_URL,
        kafka,
        name: `starling ${name}`,
        alone: false,
        attention: environment.BACKGROUND === 'elsewhere' ? 'memory' : 'all',
        logger,
        stops,
      });
      const subgraph = create(parts, environment);
      stops.add(name, () => subgraph.stop());
      await subgraph.start();
      signal.throwIfAborted();
      const metrics = createMetricsRegistry();
      parts.eventLog.measure?.(metrics);
      subgraph.measure?.(metrics);
      const server = await serveSubgraph({
        subgraph,
        host,
        port,
        identitySecret,
        logger,
        routes: routes?.(subgraph) ?? {},
        metrics,
        showsFaults: environment.NODE_ENV === 'development',
        checkReady: () => Promise.all([parts.database.pool.query('SELECT 1'), parts.redis?.checkReady()]),
      });
      stops.add('server', () => server.close());
      logger.info({ url: server.url }, 'serving');
      announce(server.url);
    },
    explain: explainStart,
  });
}
