import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { access, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { promisify } from 'node:util';
import { isInstalled } from './processes.ts';

const run = promisify(execFile);

/** The version that is fetched. */
export const KAFKA = '4.3.1';
const SLF4J_BINDING = '2.25.5';
const POLL_MS = 50;
/** Three brokers on a busy machine with two cores take twelve seconds. */
const START_LIMIT_MS = 90_000;
const FETCH_LIMIT_MS = 300_000;
/** Of all brokers together; a broker whose quorum is gone waits for it as it stops, and is ended. */
const STOP_LIMIT_MS = 5_000;

export interface KafkaOptions {
  /** One broker (default), or three that copy everything to each other and go on when one is gone. */
  readonly brokers?: 1 | 3;
  /** Where the jars are kept from run to run. */
  readonly cache: string;
}

export interface RunningKafka {
  readonly urls: { readonly KAFKA_BROKERS: string };
  /** One per broker, in the order of `KAFKA_BROKERS`; a broker that was started again has another. */
  readonly pids: readonly number[];
  /** Starts a broker again, by its place in `pids`, after it was ended from outside. */
  restart(broker: number): Promise<void>;
  stop(): Promise<void>;
}

/** What this machine lacks to run it, for people; undefined when it lacks nothing. */
export function missingKafka(): string | undefined {
  if (!isInstalled('java')) return 'java is not on the path: apt-get install -y default-jre-headless (17 or newer)';
  if (!isInstalled('mvn')) return 'mvn is not on the path: apt-get install -y maven';
  return undefined;
}

/** Apache Kafka (KRaft, no ZooKeeper) on loopback at free ports, from Maven's artifacts, run by Java 17 or newer. */
export const kafka = {
  name: 'kafka',

  async start(directory: string, { brokers = 1, cache }: KafkaOptions): Promise<RunningKafka> {
    const jars = await fetchJars(cache);
    await mkdir(directory, { recursive: true });
    const nodes = await layOut(directory, brokers);
    const clusterId = newClusterId();
    for (const node of nodes) {
      await run('java', [
        ...JAVA,
        ...logging(directory, node.formatLog),
        ...main(jars, 'kafka.tools.StorageTool'),
        'format',
        '-t',
        clusterId,
        '-c',
        node.properties,
      ]);
    }
    const running: ChildProcess[] = [];
    try {
      for (const node of nodes) running.push(startBroker(directory, jars, node));
      await Promise.all(nodes.map((node, index) => started(node, running[index] as ChildProcess)));
    } catch (error) {
      await stopAll(running);
      throw error;
    }
    return {
      urls: { KAFKA_BROKERS: nodes.map(({ port }) => `127.0.0.1:${port}`).join(',') },
      get pids() {
        return running.map(({ pid }) => pid as number);
      },
      async restart(broker) {
        const [node, before] = [nodes[broker], running[broker]];
        if (!node || !before) throw new Error(`There is no broker ${broker}.`);
        await gone(before);
        await rm(node.log, { force: true });
        const child = startBroker(directory, jars, node);
        running[broker] = child;
        await started(node, child);
      },
      stop: () => stopAll(running),
    };
  },
};

/** 16 random bytes as base64url, of which the first character is never a dash: it would be taken for an option. */
function newClusterId(): string {
  const bytes = randomBytes(16);
  bytes.writeUInt8(bytes.readUInt8(0) & 0x7f, 0);
  return bytes.toString('base64url');
}

const JAVA = ['-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true'];
const BROKER_MEMORY = ['-Xms64m', '-Xmx256m', '-XX:MaxMetaspaceSize=128m', '-XX:ReservedCodeCacheSize=64m'];

interface Node {
  readonly port: number;
  readonly properties: string;
  readonly log: string;
  readonly formatLog: string;
}

const logging = (directory: string, log: string) => [
  `-Dlog4j2.configurationFile=${join(directory, 'log4j2.properties')}`,
  `-Dkafka.log=${log}`,
];

const main = (jars: string, name: string) => ['-cp', join(jars, '*'), name];

const POM = `<project xmlns="http://maven.apache.org/POM/4.0.0">
  <modelVersion>4.0.0</modelVersion>
  <groupId>starling</groupId>
  <artifactId>kafka</artifactId>
  <version>1</version>
  <packaging>pom</packaging>
  <dependencies>
    <dependency><groupId>org.apache.kafka</groupId><artifactId>kafka_2.13</artifactId><version>${KAFKA}</version></dependency>
    <dependency><groupId>org.apache.logging.log4j</groupId><artifactId>log4j-slf4j-impl</artifactId><version>${SLF4J_BINDING}</version></dependency>
  </dependencies>
</project>
`;

/** Fetched beside their place and moved there when they are whole: several may fetch at the same time. */
async function fetchJars(cache: string): Promise<string> {
  const jars = join(cache, `kafka-${KAFKA}`);
  if (await exists(jars)) return jars;
  const draft = `${jars}.${process.pid}.${randomBytes(4).toString('hex')}`;
  await mkdir(draft, { recursive: true });
  try {
    await writeFile(join(draft, 'pom.xml'), POM);
    const goal = ['dependency:copy-dependencies', `-DoutputDirectory=${join(draft, 'libs')}`, '-DincludeScope=runtime'];
    await run('mvn', ['-B', '-ntp', '-q', '-f', join(draft, 'pom.xml'), ...goal], { timeout: FETCH_LIMIT_MS });
    await rename(join(draft, 'libs'), jars).catch(async (error: unknown) => {
      // Somebody else was faster.
      if (!(await exists(jars))) throw error;
    });
    return jars;
  } catch (error) {
    throw new Error(`Kafka ${KAFKA} could not be fetched with Maven.`, { cause: error });
  } finally {
    await rm(draft, { recursive: true, force: true });
  }
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

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
async function layOut(directory: string, brokers: number): Promise<Node[]> {
  await writeFile(join(directory, 'log4j2.properties'), LOG4J);
  const ports = await freePorts(brokers * 2);
  const controllers = ports.slice(brokers);
  const voters = controllers.map((port, index) => `${index + 1}@127.0.0.1:${port}`).join(',');
  const copies = brokers;
  const inSync = brokers === 1 ? 1 : 2;
  return Promise.all(
    controllers.map(async (controller, index) => {
      const id = index + 1;
      const port = ports[index] as number;
      const properties = join(directory, `server-${id}.properties`);
      await writeFile(
        properties,
        `process.roles=broker,controller
node.id=${id}
controller.quorum.voters=${voters}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
advertised.listeners=PLAINTEXT://127.0.0.1:${port}
controller.listener.names=CONTROLLER
inter.broker.listener.name=PLAINTEXT
log.dirs=${join(directory, `data-${id}`)}
default.replication.factor=${copies}
min.insync.replicas=${inSync}
offsets.topic.replication.factor=${copies}
offsets.topic.num.partitions=4
transaction.state.log.replication.factor=${copies}
transaction.state.log.min.isr=${inSync}
transaction.state.log.num.partitions=4
share.coordinator.state.topic.replication.factor=${copies}
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
`,
      );
      return {
        port,
        properties,
        log: join(directory, `broker-${id}.log`),
        formatLog: join(directory, `format-${id}.log`),
      };
    }),
  );
}

/** Ports that are free now, all of them different: each is held until the last has been found. */
async function freePorts(count: number): Promise<number[]> {
  const servers = await Promise.all(
    Array.from({ length: count }, async () => {
      const server = createServer();
      await new Promise<void>((resolve, reject) => {
        server.once('error', reject);
        server.listen(0, '127.0.0.1', resolve);
      });
      return server;
    }),
  );
  const ports = servers.map((server) => (server.address() as { port: number }).port);
  await Promise.all(servers.map((server) => new Promise((resolve) => server.close(resolve))));
  return ports;
}

function startBroker(directory: string, jars: string, { properties, log }: Node): ChildProcess {
  const child = spawn(
    'java',
    [...BROKER_MEMORY, ...JAVA, ...logging(directory, log), ...main(jars, 'kafka.Kafka'), properties],
    { stdio: 'ignore', cwd: directory },
  );
  // How it ended is seen by whoever waits for it.
  child.on('error', () => {});
  return child;
}

async function started({ log }: Node, child: ChildProcess): Promise<void> {
  const limit = performance.now() + START_LIMIT_MS;
  for (;;) {
    const text = await readFile(log, 'utf8').catch(() => '');
    if (text.includes('Kafka Server started')) return;
    if (child.pid === undefined || hasEnded(child)) {
      throw new Error(`A Kafka broker ended as it started. Its log, ${log}, ends with:\n${text.slice(-2_000)}`);
    }
    if (performance.now() > limit) {
      throw new Error(`A Kafka broker has not started within ${START_LIMIT_MS / 1_000} seconds; its log is ${log}.`);
    }
    await pause(POLL_MS);
  }
}

const hasEnded = ({ exitCode, signalCode }: ChildProcess): boolean => exitCode !== null || signalCode !== null;

async function gone(child: ChildProcess): Promise<void> {
  if (child.pid === undefined || hasEnded(child)) return;
  await new Promise((resolve) => child.once('exit', resolve));
}

async function stopAll(children: readonly ChildProcess[]): Promise<void> {
  // Three at once would wait for each other's vote.
  const signal = children.length === 1 ? 'SIGTERM' : 'SIGKILL';
  for (const child of children) child.kill(signal);
  const impatience = setTimeout(() => {
    for (const child of children) child.kill('SIGKILL');
  }, STOP_LIMIT_MS);
  await Promise.all(children.map(gone));
  clearTimeout(impatience);
}
