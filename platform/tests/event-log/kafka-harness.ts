import { randomUUID } from 'node:crypto';
import { createKafkaEventLog, type EventLog } from '@starling/platform/event-log';
import { statement } from '@starling/platform/postgres';
import { createTestDatabase } from '../../../tests/support/database.ts';
import type { EventLogHarness } from './world.ts';

const breakConnections = statement(
  'tests.breakConnections',
  `select pg_terminate_backend(pid) from pg_stat_activity
   where datname = current_database() and application_name like 'starling event log%'`,
);

const deadLetters = statement(
  'tests.deadLetters',
  `select topic, (payload ->> 'number')::int as number, error from platform.dead_letters
   where consumer_group = $1 order by number`,
);

const TIMING = { sessionTimeoutMs: 6_000, heartbeatMs: 200, pollMs: 100 };

/** Logs on these brokers, with a prefix for each database. */
export function kafkaHarness(brokers: () => readonly string[]): EventLogHarness {
  const prefixes = new Map<string, string>();
  /** Every consumer on Kafka, whatever it asks for. */
  const open = (url: string): EventLog => {
    const prefix = prefixes.get(url) as string;
    const log = createKafkaEventLog({ url, brokers: brokers(), prefix, timing: TIMING });
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
    breakConnections: async (database) => {
      await database.query(breakConnections);
    },
    async loseOffset(database) {
      await database.query(breakConnections);
      // Kafka keeps the offset: it is never told of it.
      throw Object.assign(new Error('broken off'), { code: 'ECONNRESET' });
    },
    argumentsOf: (url) => [url, brokers().join(), prefixes.get(url) as string],
    deadLetters: (database, group) => database.query(deadLetters, [group]),
  };
}
