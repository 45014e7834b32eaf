import {
  type Attention,
  createPostgresEventLog,
  type DeadLetter,
  type PostgresEventLog,
} from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterEach, beforeEach } from 'vitest';
import { createTestDatabase } from '../../../tests/support/database.ts';

export interface Outbox {
  /** Of the test that runs. */
  readonly database: Database;
  /** The names of the statements that event logs have sent since the test began. */
  readonly statements: string[];
  /** What ends after the test, in this order. */
  readonly stops: (() => Promise<void>)[];
  /** One more event log, as another process would have it. */
  open(attention?: Attention, onDeadLetter?: (letter: DeadLetter) => void): PostgresEventLog;
}

/** Gives each test of the suite a database of its own, with an outbox in it. */
export function outboxOfEachTest(): Outbox {
  let database: Database;
  let drop: () => Promise<void>;
  const stops: (() => Promise<void>)[] = [];
  const statements: string[] = [];

  beforeEach(async () => {
    const created = await createTestDatabase();
    drop = created.drop;
    database = openDatabase({ url: created.url, applicationName: 'event log tests' });
    stops.length = 0;
    statements.length = 0;
  });

  afterEach(async () => {
    for (const stop of stops) await stop();
    await database.close();
    await drop();
  });

  return {
    get database() {
      return database;
    },
    statements,
    stops,
    open(attention = 'all', onDeadLetter) {
      const log = createPostgresEventLog({
        url: database.url,
        attention,
        onStatement: (name) => void statements.push(name),
        ...(onDeadLetter && { onDeadLetter }),
      });
      stops.push(log.stop);
      return log;
    },
  };
}
