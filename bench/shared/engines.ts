import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive, startEmbeddedPostgres } from '@starling/platform/postgres/embedded';
import { until } from '../../engines/processes.ts';
import { startRedis } from '../../engines/redis.ts';
import { missingRedis } from '../../engines/redis-server.ts';
import type { Stops } from './stops.ts';

export interface BenchEngine {
  readonly url: string;
  readonly pid: number;
}

/** A Redis for this run alone. */
export async function benchRedis(stops: Stops): Promise<BenchEngine> {
  const missing = missingRedis();
  if (missing !== undefined) throw new Error(missing);
  const folder = await mkdtemp(join(tmpdir(), 'starling-bench-redis-'));
  stops.add(() => rm(folder, { recursive: true, force: true }));
  const { url, pid } = await startRedis(folder);
  stops.add(async () => {
    process.kill(pid, 'SIGKILL');
    await until('Redis is gone', async () => !isAlive(pid));
  });
  return { url, pid };
}

/** An empty PostgreSQL for this run alone, with settings of its own. */
export async function benchPostgres(
  stops: Stops,
  settings: Readonly<Record<string, string>> = {},
): Promise<BenchEngine> {
  const folder = await mkdtemp(join(tmpdir(), 'starling-bench-postgres-'));
  stops.add(() => rm(folder, { recursive: true, force: true }));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(folder, 'data'), settings });
  stops.add(() => postgres.stop());
  return { url: postgres.url, pid: postgres.pid };
}
