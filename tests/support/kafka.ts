import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kafka, type RunningKafka } from '../../engines/kafka.ts';

/** Git ignores it. */
const CACHE = join(import.meta.dirname, '../../.starling/engines');

export interface TestKafka extends Pick<RunningKafka, 'pids' | 'restart' | 'stop'> {
  readonly brokers: readonly string[];
}

/** A throw-away cluster; one broker may be the one that `TEST_KAFKA_BROKERS` names. */
export async function startTestKafka(brokers: 1 | 3 = 1): Promise<TestKafka> {
  const given = process.env.TEST_KAFKA_BROKERS;
  if (given && brokers === 1) {
    const notOurs = () => Promise.reject(new Error('This broker was not started by the tests.'));
    return { brokers: given.split(','), pids: [], restart: notOurs, stop: async () => {} };
  }
  const directory = await mkdtemp(join(tmpdir(), 'starling-kafka-'));
  const running = await kafka.start(directory, { brokers, cache: CACHE });
  return {
    brokers: running.urls.KAFKA_BROKERS.split(','),
    get pids() {
      return running.pids;
    },
    restart: (broker) => running.restart(broker),
    async stop() {
      await running.stop();
      await rm(directory, { recursive: true, force: true });
    },
  };
}
