import { restartBroker, startBrokers } from '../../engines/kafka-brokers.ts';
import { KAFKA } from '../../engines/kafka-jars.ts';
import { engineNode, stopNodes } from './engine-node.ts';
import type { Victim } from './victim.ts';

export interface CrashingKafka {
  /** Addresses with commas between them. */
  readonly brokers: string;
  readonly version: string;
  readonly victims: readonly Victim[];
  stop(): Promise<void>;
}

export async function startCrashingKafka(directory: string, count: 1 | 3): Promise<CrashingKafka> {
  const { addresses, brokers } = await startBrokers(directory, count);
  const victims = brokers.map(({ port, pid }, place) =>
    engineNode({ kind: 'Kafka', port, pid, startAgain: () => restartBroker(directory, place) }),
  );
  return {
    brokers: addresses,
    version: count === 1 ? KAFKA : `${KAFKA}, three brokers`,
    victims,
    stop: () => stopNodes(victims),
  };
}
