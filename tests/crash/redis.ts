import { setTimeout as pause } from 'node:timers/promises';
import { isAlive } from '@starling/platform/postgres/embedded';
import { until } from '../../engines/processes.ts';
import { startRedis } from '../../engines/redis.ts';
import { isWhole, startClusterNode, startRedisCluster } from '../../engines/redis-cluster.ts';
import { askRedis } from '../../engines/redis-server.ts';
import { comeback, type Victim } from './victim.ts';

export interface CrashingRedis {
  readonly url: string;
  readonly version: string;
  readonly victims: readonly Victim[];
  /** Resolves once every node is there and has what it should have. */
  whole(): Promise<void>;
  stop(): Promise<void>;
}

interface Node {
  readonly port: number;
  readonly pid: number;
}

interface Struck extends Victim {
  pid(): number;
}

function nodeVictim(first: Node, startAgain: () => Promise<Node>): Struck {
  let { pid } = first;
  const { isDown, begin, back } = comeback();
  return {
    kind: 'Redis',
    name: `Redis ${first.port}`,
    pid: () => pid,
    back,
    async strike(downMs) {
      if (isDown()) return undefined;
      const struck = pid;
      process.kill(struck, 'SIGKILL');
      begin(async () => {
        await until('Redis is gone', async () => !isAlive(struck));
        await pause(downMs);
        pid = (await startAgain()).pid;
      });
      return `Redis ${first.port} (${struck})`;
    },
  };
}

async function stopAll(victims: readonly Struck[]): Promise<void> {
  await Promise.all(victims.map((victim) => victim.back().catch(() => {})));
  for (const victim of victims) if (isAlive(victim.pid())) process.kill(victim.pid(), 'SIGKILL');
}

async function versionOf(port: number): Promise<string> {
  const info = await askRedis(port, (redis) => redis.info('server'));
  return /redis_version:(\S+)/.exec(info)?.[1] ?? 'unknown';
}

/** One Redis, which writes down what it has and comes back with it. */
export async function startCrashingRedis(directory: string): Promise<CrashingRedis> {
  const { url, port, pid } = await startRedis(directory);
  const victims = [nodeVictim({ port, pid }, () => startRedis(directory, port))];
  return { url, version: await versionOf(port), victims, whole: async () => {}, stop: () => stopAll(victims) };
}

/** Three masters with a replica each. Who comes back late finds itself a replica of its successor. */
export async function startCrashingRedisCluster(directory: string): Promise<CrashingRedis> {
  const { url, nodes } = await startRedisCluster(directory);
  const ports = nodes.map(({ port }) => port);
  const victims = nodes.map((node) => nodeVictim(node, () => startClusterNode(directory, node.port)));
  return {
    url,
    version: `${await versionOf(ports[0] ?? 0)}, a Cluster of six`,
    victims,
    whole: () => until('the Redis Cluster is whole', () => isWhole(ports), { withinMs: 60_000 }),
    stop: () => stopAll(victims),
  };
}
