import fastify from 'fastify';
import type { RunningServer } from '../subgraph-server/serve-subgraph.ts';
import type { Registry } from '../telemetry/metrics.ts';
import { addHealthRoutes, addMetricsRoute } from './operator-routes.ts';

export interface ServeOperatorsOptions {
  readonly host: string;
  /** 0 takes a free one. */
  readonly port: number;
  readonly metrics: Registry;
  /** Asked by `/readyz`: rejects while the process cannot do its work. */
  readonly checkReady: () => Promise<unknown>;
}

/** The pages for operators, of a process that serves nothing else. */
export async function serveOperators({
  host,
  port,
  metrics,
  checkReady,
}: ServeOperatorsOptions): Promise<RunningServer> {
  const app = fastify({ forceCloseConnections: true });
  addHealthRoutes(app, () =>
    checkReady().then(
      () => true,
      () => false,
    ),
  );
  addMetricsRoute(app, metrics);
  return { url: await app.listen({ host, port }), close: () => app.close() };
}
