import type { Attention, EventLog } from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { afterEach, beforeEach } from 'vitest';
import { numbersOf, TOPIC } from '../support/events.ts';

export interface EventLogHarness {
  /** A log on the database at this address, as a process of its own would open it. */
  open(url: string, attention?: Attention): EventLog;
  /** A fresh database. */
  createDatabase(): Promise<{ readonly url: string; drop(): Promise<void> }>;
  /** Breaks every connection that the log has open now. */
  breakConnections(database: Database): Promise<void>;
  /** Called by a handler after its effect: keeps its batch from being counted as handled. May throw. */
  loseOffset(database: Database): Promise<void>;
  /** What `fixtures/dying-consumer.ts` needs to open a log on this database. */
  argumentsOf(url: string): readonly string[];
  /** The dead-letter topics' numbers for a group, with the error of each. */
  deadLetters(database: Database, group: string): Promise<{ topic: string; number: number; error: string }[]>;
}

/** A database of its own for each test, with an event log on it. */
export class EventLogWorld {
  database!: Database;
  log!: EventLog;
  readonly harness: EventLogHarness;
  #opened: EventLog[] = [];
  #drop = async () => {};

  constructor(harness: EventLogHarness) {
    this.harness = harness;
    beforeEach(async () => {
      const created = await harness.createDatabase();
      this.#drop = created.drop;
      this.database = openDatabase({ url: created.url, applicationName: 'event log tests', maxConnections: 20 });
      this.#opened = [];
      this.log = this.open();
    });
    afterEach(async () => {
      await Promise.all(this.#opened.map((each) => each.stop()));
      await this.database.close();
      await this.#drop();
    });
  }

  /** The log once more, as another process has it. */
  open(attention?: Attention): EventLog {
    const another = this.harness.open(this.database.url, attention);
    this.#opened.push(another);
    return another;
  }

  /** A group that keeps the numbers it gets. */
  async collect(group: string, from: EventLog = this.log, offset: 'stored' | 'memory' = 'stored') {
    const numbers: number[] = [];
    const consumer = await from.consume({
      group,
      topics: [TOPIC],
      offset,
      async handle(events) {
        numbers.push(...numbersOf(events));
      },
    });
    return { numbers, ...consumer };
  }
}
