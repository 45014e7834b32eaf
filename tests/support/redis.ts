import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@starling/platform/postgres/embedded';
import { openRedis, type RedisConnection } from '@starling/platform/redis';
import { until } from '../../engines/processes.ts';
import { startRedis } from '../../engines/redis.ts';
import { isWhole, mastersOf, startClusterNode, startRedisCluster } from '../../engines/redis-cluster.ts';

export interface TestRedis {
  readonly url: string;
  /** Kills a server that takes writes, as a power cut would. Resolves when it is gone. */
  kill(): Promise<void>;
  /** Has the killed one start again on its port; resolves when everything answers and is in step. */
  recover(): Promise<void>;
  stop(): Promise<void>;
}

async function end(pid: number): Promise<void> {
  process.kill(pid, 'SIGKILL');
  await until('the process is gone', async () => !isAlive(pid));
}

/** A Redis of a test's own. */
export async function startTestRedis(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'starling-test-redis-'));
  const { url, port, pid } = await startRedis(directory);
  let running: number | undefined = pid;
  const kill = async () => {
    if (running !== undefined) await end(running);
    running = undefined;
  };
  return {
    url,
    kill,
    async recover() {
      running ??= (await startRedis(directory, port)).pid;
    },
    async stop() {
      await kill();
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** A Redis Cluster of a test's own: three masters, each with a replica. */
export async function startTestCluster(): Promise<TestRedis> {
  const directory = await mkdtemp(join(tmpdir(), 'starling-test-cluster-'));
  const { url, nodes } = await startRedisCluster(directory);
  const pids = new Map(nodes.map(({ port, pid }) => [port, pid]));
  const ports = nodes.map(({ port }) => port);
  let killed: number | undefined;
  return {
    url,
    async kill() {
      const [port] = await mastersOf(ports[0] ?? 0);
      killed = port;
      await end(pids.get(port ?? 0) ?? 0);
      pids.delete(port ?? 0);
    },
    async recover() {
      if (killed !== undefined) pids.set(killed, (await startClusterNode(directory, killed)).pid);
      killed = undefined;
      await until('the cluster is whole', () => isWhole(ports));
    },
    async stop() {
      await Promise.all([...pids.values()].map(end));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** How long tests of what Redis keeps wait for it: they are not about how busy the machine is. */
const PATIENCE_MS = 10_000;

/** A connection, once Redis has been reached on it. Its user closes it. */
export async function reachRedis(url: string, namespace = 'unused'): Promise<RedisConnection> {
  const redis = await openRedis({ url, name: 'tests', namespace, answerWithinMs: PATIENCE_MS });
  await until('Redis is reached', () => redis.checkReady().then(() => true));
  return redis;
}

/** What runs on one Redis runs on a Cluster as well. */
export const redisShapes = [
  ['one Redis', startTestRedis],
  ['a Redis Cluster', startTestCluster],
] as const;

/** Starts something on a Redis of its own, which ends with it. */
export async function startOnRedis<Started extends { stop(): Promise<void> }>(
  shape: (typeof redisShapes)[number][0],
  start: (redisUrl: string) => Promise<Started>,
): Promise<Started> {
  const redis = await (shape === 'one Redis' ? startTestRedis() : startTestCluster());
  const started = await start(redis.url);
  return {
    ...started,
    async stop() {
      await started.stop();
      await redis.stop();
    },
  };
}
