import { isAlive } from '@starling/platform/postgres/embedded';
import type { Engine } from './engine.ts';
import { freePortsWithBus, type Spawned, until } from './processes.ts';
import { askRedis, HOST, missingRedis, spawnRedis } from './redis-server.ts';

const MASTERS = 3;
const SLOTS = 16_384;

const NODE_SETTINGS = [
  ...['--appendonly', 'yes', '--cluster-enabled', 'yes', '--cluster-config-file', 'nodes.conf'],
  // A master that is gone is replaced within seconds, however old what its replica knows.
  ...['--cluster-node-timeout', '1000', '--cluster-replica-validity-factor', '0'],
  ...['--repl-diskless-sync-delay', '0'],
];

export interface ClusterNode {
  readonly port: number;
  readonly pid: number;
}

export interface StartedCluster {
  /** The addresses of all nodes, separated by commas. */
  readonly url: string;
  readonly nodes: readonly ClusterNode[];
}

/** A node that was ended comes back with what it had kept, as a replica when it was replaced meanwhile. */
export async function startClusterNode(directory: string, port: number): Promise<ClusterNode> {
  const server = spawnRedis(directory, port, NODE_SETTINGS);
  await until('the node answers', () => answers(port), { processes: [server] });
  return { port, pid: server.pid };
}

/** Three masters, each with a replica. When they do not come to be a cluster, none of them is left running. */
export async function startRedisCluster(
  directory: string,
  options: { readonly withinMs?: number } = {},
): Promise<StartedCluster> {
  const ports = await freePortsWithBus(2 * MASTERS);
  const servers: Spawned[] = ports.map((port) => spawnRedis(directory, port, NODE_SETTINGS));
  try {
    return await makeCluster(ports, servers, options);
  } catch (error) {
    for (const { pid } of servers) if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
    throw error;
  }
}

async function makeCluster(
  ports: readonly number[],
  servers: readonly Spawned[],
  options: { readonly withinMs?: number },
): Promise<StartedCluster> {
  const waiting = { ...options, processes: servers };
  await until('all nodes answer', async () => (await Promise.all(ports.map(answers))).every(Boolean), waiting);

  const masters = ports.slice(0, MASTERS);
  const ids = new Map<number, string>();
  for (const [index, port] of ports.entries()) {
    await askRedis(port, async (redis) => {
      // As long as no node knows another one: else collisions would have to tell them apart first.
      await redis.cluster('SET-CONFIG-EPOCH', index + 1);
      ids.set(port, String(await redis.cluster('MYID')));
      const first = Math.ceil((index * SLOTS) / MASTERS);
      const last = Math.ceil(((index + 1) * SLOTS) / MASTERS) - 1;
      if (index < MASTERS) await redis.call('CLUSTER', 'ADDSLOTSRANGE', first, last);
    });
  }
  // One introduces all the others; they hear of each other through it.
  await askRedis(masters[0] ?? 0, async (redis) => {
    for (const other of ports.slice(1)) await redis.cluster('MEET', HOST, other);
  });
  const replicas = ports.slice(MASTERS).map((port, index) => ({ port, master: masters[index] ?? 0 }));
  const knowsAll = async (port: number) => (await infoOf(port)).includes(`cluster_known_nodes:${ports.length}`);
  await until(
    'all nodes know each other',
    async () => (await Promise.all(ports.map(knowsAll))).every(Boolean),
    waiting,
  );
  for (const { port, master } of replicas) {
    const id = ids.get(master) ?? '';
    await until('a replica knows its master', () => replicate(port, id), waiting);
  }
  await until('the cluster is whole', () => isWhole(ports), waiting);
  const nodes = servers.map(({ pid }, index) => ({ port: ports[index] ?? 0, pid }));
  return { url: ports.map((port) => `redis://${HOST}:${port}`).join(','), nodes };
}

async function answers(port: number): Promise<boolean> {
  return (await askRedis(port, (redis) => redis.ping()).catch(() => '')) === 'PONG';
}

async function infoOf(port: number): Promise<string> {
  return askRedis(port, async (redis) => String(await redis.cluster('INFO')));
}

async function replicate(port: number, masterId: string): Promise<boolean> {
  return (await askRedis(port, (redis) => redis.cluster('REPLICATE', masterId))) === 'OK';
}

/** Every node sees every slot served, and every replica has what its master has. */
export async function isWhole(ports: readonly number[]): Promise<boolean> {
  const states = await Promise.all(
    ports.map(async (port) => {
      if (!(await infoOf(port)).includes('cluster_state:ok')) return false;
      const role = await askRedis(port, (redis) => redis.info('replication'));
      return role.includes('role:master') || role.includes('master_link_status:up');
    }),
  );
  return states.every(Boolean);
}

/** The ports of the nodes that serve slots at this moment, asked of one that lives. */
export async function mastersOf(port: number): Promise<number[]> {
  const nodes = await askRedis(port, async (redis) => String(await redis.cluster('NODES')));
  return nodes
    .split('\n')
    .filter((line) => /\bmaster\b/.test(line) && !/\bfail\b/.test(line))
    .map((line) => Number(/:(\d+)@/.exec(line)?.[1]));
}

export const redisCluster: Engine = {
  name: 'redis-cluster',
  missing: missingRedis,
  async start(directory) {
    const { url, nodes } = await startRedisCluster(directory);
    return { urls: { REDIS_URL: url }, pids: nodes.map(({ pid }) => pid) };
  },
};
