import { once } from 'node:events';
import { createServer } from 'node:net';

/**
 * Fails as the gateway would when nobody can listen there, before anything has been started. Somebody else may still be
 * quicker; then the gateway itself fails.
 */
export async function checkPort(host: string, port: number): Promise<void> {
  const probe = createServer();
  probe.listen({ host, port });
  await once(probe, 'listening');
  probe.close();
  await once(probe, 'close');
}
