import { randomUUID } from 'node:crypto';
import { type Attention, createKafkaEventLog, type EventLog } from '@starling/platform/event-log';
import { createTestDatabase } from '../../../tests/support/database.ts';
import { breakConnections, deadLetters } from './postgres-harness.ts';
import type { EventLogHarness } from './world.ts';

const TIMING = { sessionTimeoutMs: 6_000, heartbeatMs: 200, pollMs: 100 };

/** Logs on these brokers, with a prefix for each database. */
export function kafkaHarness(brokers: () => readonly string[]): EventLogHarness {
  const prefixes = new Map<string, string>();
  /** Every consumer on Kafka, whatever it asks for. */
  const open = (url: string, attention: Attention = 'all'): EventLog => {
    const prefix = prefixes.get(url) as string;
    const log = createKafkaEventLog({ url, brokers: brokers(), prefix, attention, timing: TIMING });
    return { ...log, consume: (consumer) => log.consume({ ...consumer, freshness: 'eventual' }) };
  };
  return {
    open,
    async createDatabase() {
      const created = await createTestDatabase();
      prefixes.set(created.url, `${randomUUID()}.`);
      // The slot is made once, and waits for every transaction that is open then.
      const log = open(created.url);
      const { caughtUp } = await log.consume({ group: 'warm-up', topics: ['tests.warm-up'], async handle() {} });
      await caughtUp();
      await log.stop();
      return created;
    },
    breakConnections,
    async loseOffset(database) {
      await breakConnections(database);
      // Kafka keeps the offset: it is never told of it.
      throw Object.assign(new Error('broken off'), { code: 'ECONNRESET' });
    },
    argumentsOf: (url) => [url, brokers().join(), prefixes.get(url) as string],
    deadLetters,
  };
}
