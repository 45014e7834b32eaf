import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '@starling/platform/postgres/embedded';
import { restartBroker, startBrokers } from '../../engines/kafka-brokers.ts';
import { until } from '../../engines/processes.ts';

/** A Kafka of a test's own. Brokers are named by their place in `brokers`, from 0. */
export interface TestKafka {
  readonly brokers: readonly string[];
  /** Kills a broker, as a power cut would. Resolves when it is gone. */
  kill(broker?: number): Promise<void>;
  /** Starts a broker that was killed on its port, with what it had kept; resolves when it serves. */
  restart(broker?: number): Promise<void>;
  stop(): Promise<void>;
}

/** One broker, or three that copy everything to each other. */
export async function startTestKafka(count: 1 | 3 = 1): Promise<TestKafka> {
  const directory = await mkdtemp(join(tmpdir(), 'starling-test-kafka-'));
  const started = await startBrokers(directory, count);
  const pids = new Map(started.brokers.map(({ pid }, place) => [place, pid]));
  const kill = async (broker = 0) => {
    const pid = pids.get(broker);
    if (pid === undefined) return;
    pids.delete(broker);
    process.kill(pid, 'SIGKILL');
    await until('the broker is gone', async () => !isAlive(pid));
  };
  return {
    brokers: started.addresses.split(','),
    kill,
    async restart(broker = 0) {
      pids.set(broker, await restartBroker(directory, broker));
    },
    async stop() {
      await Promise.all([...pids.keys()].map(kill));
      await rm(directory, { recursive: true, force: true });
    },
  };
}

/** Starts something on a Kafka of its own, which ends with it. */
export async function startOnKafka<Started extends { stop(): Promise<void> }>(
  start: (brokers: readonly string[]) => Promise<Started>,
): Promise<Started> {
  const kafka = await startTestKafka();
  const started = await start(kafka.brokers).catch(async (error: unknown) => {
    await kafka.stop();
    throw error;
  });
  return {
    ...started,
    async stop() {
      await started.stop();
      await kafka.stop();
    },
  };
}
