import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { isInstalled, type Spawned, spawnDetached } from './processes.ts';

export const HOST = '127.0.0.1';

/** The oldest that the tests run on. */
export const REDIS = '7.0.15';

export function missingRedis(): string | undefined {
  if (isInstalled('redis-server')) return undefined;
  return 'redis-server is not on the path: apt-get install -y redis-server (7.0 or newer; the service need not run)';
}

/** A Redis on a port of the loopback address, which writes what it keeps into a folder of its own. */
export function spawnRedis(directory: string, port: number, settings: readonly string[] = []): Spawned {
  const folder = join(directory, String(port));
  mkdirSync(folder, { recursive: true });
  const place = ['--port', String(port), '--bind', HOST, '--dir', folder];
  return spawnDetached('redis-server', [...place, '--save', '', ...settings], join(folder, 'redis.log'));
}

/** One question to one server, on a connection of its own. Rejects when it does not answer. */
export async function askRedis<Answer>(
  port: number,
  ask: (redis: Redis) => Promise<Answer>,
  options: { readonly password?: string } = {},
): Promise<Answer> {
  const redis = new Redis({
    ...options,
    host: HOST,
    port,
    lazyConnect: true,
    retryStrategy: () => null,
    maxRetriesPerRequest: 0,
  });
  redis.on('error', () => {
    // Told to who asks, by the rejection.
  });
  try {
    await redis.connect();
    return await ask(redis);
  } finally {
    redis.disconnect();
  }
}
