import type { FastifyInstance } from 'fastify';
import type { Registry } from 'prom-client';
import type { KeySet } from '../protection/key-set.ts';

/** Alive, and able to serve: balancers send requests only while `isReady`. */
export function addHealthRoutes(app: FastifyInstance, isReady: () => Promise<boolean>): void {
  app.get('/healthz', async () => ({ status: 'alive' }));
  app.get('/readyz', async (_request, reply) => {
    const ready = await isReady();
    await reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' });
  });
}

export function addMetricsRoute(app: FastifyInstance, registry: Registry): void {
  app.get('/metrics', async (_request, reply) => reply.type(registry.contentType).send(await registry.metrics()));
}

/** The public keys by which anybody can verify our access tokens. */
export function addKeySetRoute(app: FastifyInstance, keySet: KeySet): void {
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    await reply.header('cache-control', 'public, max-age=300').send(await keySet.published());
  });
}
