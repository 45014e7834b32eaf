import type { Engine } from './engine.ts';
import { startBrokers } from './kafka-brokers.ts';
import { missingKafka } from './kafka-jars.ts';

/** Brokers that stop together would wait for each other's vote, and what they wrote is removed. */
const AT_ONCE = 'SIGKILL';

function engine(name: string, count: 1 | 3): Engine {
  return {
    name,
    missing: missingKafka,
    async start(directory) {
      const { addresses, brokers } = await startBrokers(directory, count);
      return { urls: { KAFKA_BROKERS: addresses }, pids: brokers.map(({ pid }) => pid), endWith: AT_ONCE };
    },
  };
}

export const kafka = engine('kafka', 1);
export const kafkaCluster = engine('kafka-cluster', 3);
