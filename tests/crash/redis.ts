import { until } from '../../engines/processes.ts';
import { startRedis } from '../../engines/redis.ts';
import { isWhole, startClusterNode, startRedisCluster } from '../../engines/redis-cluster.ts';
import { askRedis } from '../../engines/redis-server.ts';
import { engineNode, stopNodes } from './engine-node.ts';
import type { Victim } from './victim.ts';

export interface CrashingRedis {
  readonly url: string;
  readonly version: string;
  readonly victims: readonly Victim[];
  /** Resolves once every node is there and has what it should have. */
  whole(): Promise<void>;
  stop(): Promise<void>;
}

const WHOLE_WITHIN_MS = 60_000;

async function versionOf(port: number): Promise<string> {
  const info = await askRedis(port, (redis) => redis.info('server'));
  return /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown';
}

/** One Redis, which writes down what it has and comes back with it. */
export async function startCrashingRedis(directory: string): Promise<CrashingRedis> {
  const { url, port, pid } = await startRedis(directory);
  const startAgain = async () => (await startRedis(directory, port)).pid;
  const victims = [engineNode({ kind: 'Redis', port, pid, startAgain })];
  return { url, version: await versionOf(port), victims, whole: async () => {}, stop: () => stopNodes(victims) };
}

/** Three masters with a replica each. Who comes back late finds itself a replica of its successor. */
export async function startCrashingRedisCluster(directory: string): Promise<CrashingRedis> {
  const { url, nodes } = await startRedisCluster(directory);
  const ports = nodes.map(({ port }) => port);
  const victims = nodes.map(({ port, pid }) =>
    engineNode({ kind: 'Redis', port, pid, startAgain: async () => (await startClusterNode(directory, port)).pid }),
  );
  return {
    url,
    version: `${await versionOf(ports[0] ?? 0)}, a Cluster of six`,
    victims,
    whole: () => until('the Redis Cluster is whole', () => isWhole(ports), { withinMs: WHOLE_WITHIN_MS }),
    stop: () => stopNodes(victims),
  };
}
