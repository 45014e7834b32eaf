import type { Engine } from './engine.ts';
import { freePort, until } from './processes.ts';
import { askRedis, HOST, missingRedis, spawnRedis } from './redis-server.ts';

export interface StartedRedis {
  readonly url: string;
  readonly port: number;
  readonly pid: number;
}

/** One Redis. With the port of one that was ended it goes on with what that one had kept. */
export async function startRedis(directory: string, port?: number): Promise<StartedRedis> {
  const at = port ?? (await freePort());
  const server = spawnRedis(directory, at, ['--appendonly', 'yes']);
  await until('Redis answers', async () => (await askRedis(at, (redis) => redis.ping())) === 'PONG', {
    processes: [server],
  });
  return { url: `redis://${HOST}:${at}`, port: at, pid: server.pid };
}

export const redis: Engine = {
  name: 'redis',
  missing: missingRedis,
  async start(directory) {
    const { url, pid } = await startRedis(directory);
    return { urls: { REDIS_URL: url }, pids: [pid] };
  },
};
