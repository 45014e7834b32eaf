import type { EventLog, RunningConsumer } from '@starling/platform/event-log';
import { numbersOf, TOPIC } from './events.ts';

/** An address at which there is no Kafka. */
export const NOBODY = '127.0.0.1:9';

/** Quicker than in life. */
export const TIMING = { heartbeatMs: 200, pollMs: 100 };

/** A consumer that keeps the numbers that it is handed. */
export async function collect(
  log: EventLog,
  group = 'g',
  freshness: 'read' | 'eventual' = 'eventual',
): Promise<RunningConsumer & { readonly numbers: number[] }> {
  const numbers: number[] = [];
  const consumer = await log.consume({
    group,
    topics: [TOPIC],
    freshness,
    async handle(events) {
      numbers.push(...numbersOf(events));
    },
  });
  return { numbers, ...consumer };
}
