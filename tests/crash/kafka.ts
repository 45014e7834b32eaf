import { setTimeout as pause } from 'node:timers/promises';
import { KAFKA, kafka } from '../../engines/kafka.ts';
import { comeback, type Victim } from './victim.ts';

export interface CrashingKafka {
  readonly brokers: string;
  readonly version: string;
  readonly victims: readonly Victim[];
  stop(): Promise<void>;
}

export async function startCrashingKafka(directory: string, brokers: 1 | 3, cache: string): Promise<CrashingKafka> {
  const running = await kafka.start(directory, { brokers, cache });
  const victims = running.pids.map((_, index): Victim => {
    const { isDown, begin, back } = comeback();
    return {
      kind: 'Kafka',
      name: `broker ${index + 1}`,
      back,
      async strike(downMs) {
        const pid = running.pids[index];
        if (isDown() || pid === undefined) return undefined;
        process.kill(pid, 'SIGKILL');
        begin(async () => {
          await pause(downMs);
          await running.restart(index);
        });
        return `broker ${index + 1} (${pid})`;
      },
    };
  });
  return {
    brokers: running.urls.KAFKA_BROKERS,
    version: brokers === 1 ? KAFKA : `${KAFKA}, three brokers`,
    victims,
    async stop() {
      await Promise.all(victims.map((victim) => victim.back().catch(() => {})));
      await running.stop();
    },
  };
}
