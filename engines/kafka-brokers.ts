import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from '@starling/platform/postgres/embedded';
import { fetchJars } from './kafka-jars.ts';
import { freePorts, type Spawned, spawnDetached, until } from './processes.ts';

const run = promisify(execFile);

const HOST = '127.0.0.1';
/** Three brokers on a busy machine with two cores take twelve seconds. */
const START_LIMIT_MS = 90_000;

const JAVA = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];
const BROKER_MEMORY = ['-Xms64m', '-Xmx256m', '-XX:MaxMetaspaceSize=128m', '-XX:ReservedCodeCacheSize=64m'];

export interface Broker {
  readonly port: number;
  readonly pid: number;
}

export interface StartedBrokers {
  /** The brokers' addresses, separated by commas. */
  readonly addresses: string;
  /** In the order of their addresses. */
  readonly brokers: readonly Broker[];
}

export interface MoreSettings {
  /** Lines for a broker's file, which win over the others. */
  readonly properties: (ports: { readonly broker: number; readonly controller: number }) => string;
  /** Arguments for the tool that prepares a broker's directory. */
  readonly format: readonly string[];
}

interface Node {
  readonly port: number;
  readonly properties: string;
  readonly log: string;
  readonly formatLog: string;
}

/**
 * Apache Kafka (KRaft, no ZooKeeper) on loopback at free ports: one broker, or three that copy everything to each other
 * and go on when one is gone.
 */
export async function startBrokers(directory: string, count: 1 | 3, more?: MoreSettings): Promise<StartedBrokers> {
  const jars = await fetchJars();
  await mkdir(directory, { recursive: true });
  const nodes = await layOut(directory, count, more);
  const clusterId = newClusterId();
  for (const { properties, formatLog } of nodes) {
    const format = ['format', '-t', clusterId, '-c', properties, ...(more?.format ?? [])];
    const tool = main(jars, 'kafka.tools.StorageTool');
    await run('java', [...JAVA, ...logging(directory, formatLog), ...tool, ...format]);
  }
  const spawned = nodes.map((node) => spawnBroker(directory, jars, node));
  try {
    await Promise.all(nodes.map((node, index) => started(node, spawned[index] as Spawned)));
  } catch (error) {
    for (const { pid } of spawned) if (pid > 0 && isAlive(pid)) process.kill(pid, 'SIGKILL');
    throw error;
  }
  return {
    addresses: nodes.map(({ port }) => `${HOST}:${port}`).join(','),
    brokers: nodes.map(({ port }, index) => ({ port, pid: (spawned[index] as Spawned).pid })),
  };
}

/** A broker that was ended, by its place among the addresses, goes on with what it had kept. Answers its new process. */
export async function restartBroker(directory: string, place: number): Promise<number> {
  const node = nodeAt(directory, place, 0);
  await rm(node.log, { force: true });
  const spawned = spawnBroker(directory, await fetchJars(), node);
  await started(node, spawned);
  return spawned.pid;
}

/** 16 random bytes as base64url, of which the first character is never a dash: it would be taken for an option. */
function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}

const logging = (directory: string, log: string) => [
  `-Dlog4j2.configurationFile=${join(directory, 'log4j2.properties')}`,
  `-Dkafka.log=${log}`,
];

const main = (jars: string, name: string) => ['-cp', join(jars, '*'), name];

const nodeAt = (directory: string, place: number, port: number): Node => ({
  port,
  properties: join(directory, `server-${place + 1}.properties`),
  log: join(directory, `broker-${place + 1}.log`),
  formatLog: join(directory, `format-${place + 1}.log`),
});

const LOG4J = `status=error
appender.file.type=File
appender.file.name=file
appender.file.fileName=\${sys:kafka.log}
appender.file.layout.type=PatternLayout
appender.file.layout.pattern=%d %p %c: %m%n%throwable
rootLogger.level=WARN
rootLogger.appenderRef.file.ref=file
logger.start.name=kafka.server.KafkaRaftServer
logger.start.level=INFO
`;

/** Every file that the brokers of a cluster start from. */
async function layOut(directory: string, count: number, more?: MoreSettings): Promise<Node[]> {
  await writeFile(join(directory, 'log4j2.properties'), LOG4J);
  const ports = await freePorts(count * 2);
  const controllers = ports.slice(count);
  const voters = controllers.map((port, index) => `${index + 1}@${HOST}:${port}`).join(',');
  const inSync = count === 1 ? 1 : 2;
  return Promise.all(
    controllers.map(async (controller, place) => {
      const node = nodeAt(directory, place, ports[place] as number);
      await writeFile(
        node.properties,
        `process.roles=broker,controller
node.id=${place + 1}
controller.quorum.voters=${voters}
listeners=PLAINTEXT://${HOST}:${node.port},CONTROLLER://${HOST}:${controller}
advertised.listeners=PLAINTEXT://${HOST}:${node.port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(directory, `data-${place + 1}`)}
default.replication.factor=${count}
min.insync.replicas=${inSync}
offsets.topic.replication.factor=${count}
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=${count}
transaction.state.log.min.isr=${inSync}
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=${count}
share.coordinator.state.topic.min.isr=${inSync}
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
num.network.threads=2
num.io.threads=4
log.cleaner.dedupe.buffer.size=8388608
broker.heartbeat.interval.ms=500
broker.session.timeout.ms=3000
controller.quorum.election.timeout.ms=500
controller.quorum.fetch.timeout.ms=1000
replica.lag.time.max.ms=5000
${more?.properties({ broker: node.port, controller }) ?? ''}
`,
      );
      return node;
    }),
  );
}

function spawnBroker(directory: string, jars: string, { properties, log }: Node): Spawned {
  const args = [...BROKER_MEMORY, ...JAVA, ...logging(directory, log), ...main(jars, 'kafka.Kafka'), properties];
  return spawnDetached('java', args, `${log}.output`);
}

async function started({ log }: Node, broker: Spawned): Promise<void> {
  const saysSo = async () => (await readFile(log, 'utf8')).includes('Kafka Server started');
  await until(`a Kafka broker has started, says ${log}`, saysSo, { withinMs: START_LIMIT_MS, processes: [broker] });
}
