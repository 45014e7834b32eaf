import type { FastifyInstance } from 'fastify';
import type { KeySet } from '../protection/key-set.ts';

/** The public keys by which anybody can verify our access tokens. */
export function addKeySetRoute(app: FastifyInstance, keySet: KeySet): void {
  app.get('/.well-known/jwks.json', async (_request, reply) => {
    await reply.header('cache-control', 'public, max-age=300').send(await keySet.published());
  });
}
