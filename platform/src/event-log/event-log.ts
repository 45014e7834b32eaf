import type { Queryable, Statement, Transaction } from '../postgres/database.ts';
import type { Registry } from '../telemetry/metrics.ts';
import type { Attention } from './attention.ts';
import type { Event, NewEvent } from './event.ts';
import type { Moment } from './moment.ts';

/**
 * One reader of some topics. `handle` gets events in commit order per key, at least once: its effect is idempotent, by
 * the event's id (`firstTime`) or by nature. A batch that fails is tried again, then event by event; an event that still
 * fails goes to its dead-letter topic with the error, and the rest flows on.
 */
export interface Consumer {
  /** Its offset is stored under this name; processes that share the name share the work, one batch at a time. */
  readonly group: string;
  readonly topics: readonly string[];
  /**
   * `asOf` is a moment after the events were committed, to ask other consumers of the same log for: it costs no statement where
   * they have the same events in hand. Undefined where the log cannot tell.
   */
  handle(events: readonly Event[], asOf?: Moment): Promise<void>;
  /**
   * `stored` (default): goes on where the group stopped, from the beginning of the log at first.
   * `memory`: belongs to this process alone and begins at the end of the log as it starts; for state that dies with it.
   */
  readonly offset?: 'stored' | 'memory';
  /**
   * For `memory`: it begins with what was committed in the last so many milliseconds, in their order, instead of at the end
   * of the log, perhaps with more. Where an interruption of the log may hide something from a memory offset, what was
   * committed in that time, and at least in the last minute, is delivered again. Default 0.
   */
  readonly lookBackMs?: number;
  /**
   * For `memory`: called when the server may have crashed, and with it what was visible but not yet on disk: before anything
   * is read from it again, and before events are delivered again.
   */
  interrupted?(): void;
  /**
   * `read` (default): a read waits for it, so it always reads the outbox itself. `eventual`: no read waits for it, and it
   * takes its events from Kafka where there is one (docs/adr/0008).
   */
  readonly freshness?: 'read' | 'eventual';
  /**
   * Events may wait so many milliseconds, and be handled together, as long as nobody asks for `caughtUp`. For effects that
   * are cheaper the more events make them. A function is asked before each time. For what reads the outbox. Default 0.
   */
  readonly paceMs?: number | (() => number);
  /** Events that are handed over at once, at most. For what reads the outbox. Default 1,000. */
  readonly together?: number;
  /**
   * It begins so many milliseconds after it has heard of something, unless somebody asks for `caughtUp`: a head start for what
   * hears of the same and is waited for by reads. For what reads the outbox. Default 0.
   */
  readonly headStartMs?: number;
  /**
   * What it handles may make it append events: once it has handled something for a moment, what else was known to be handled for
   * that moment is asked anew. Default false.
   */
  readonly appends?: boolean;
}

export interface RunningConsumer {
  /**
   * Resolves once everything that was committed to its topics before the call has been handled. When nothing is
   * outstanding it costs one short statement, shared by all that ask at the same time. For a moment, what matters is what was
   * committed before that moment, and one statement answers all that is asked for it.
   */
  caughtUp(moment?: Moment): Promise<void>;
  /** True when `caughtUp` of this moment is known to have nothing to wait for. */
  isCaughtUp(moment: Moment): boolean;
  /** Lets the batch under way finish. */
  stop(): Promise<void>;
}

/** One statement that changes something, and its values. */
export interface Change {
  readonly statement: Statement;
  readonly values: readonly unknown[];
}

/**
 * A change that finds out by itself whether it is to be made. `queries` are those of a WITH clause; the last of them is
 * called `change` and answers one row: `made` (boolean), `told` (jsonb, what its event tells over and above the payload, or
 * null), and whatever else its caller wants to know.
 */
export interface CheckedChange {
  readonly name: string;
  readonly queries: string;
  readonly values: readonly unknown[];
}

export interface EventLog {
  /** Which of its consumers this process drives by itself. */
  readonly attention: Attention;
  /** Writes events into the outbox of the caller's transaction: they exist when, and only when, it commits. */
  append(transaction: Transaction, events: readonly NewEvent[]): Promise<void>;
  /**
   * Makes one change and writes its event, in a transaction of their own and in one trip to the database: for commands that
   * have nothing to look at. Resolves once both are committed. The event is written whether or not a row was changed. It has its
   * place in the log before the change locks anything: for an aggregate that nobody else can change yet, such as a new one.
   */
  commit(database: Queryable, change: Change, event: NewEvent): Promise<void>;
  /**
   * The same for commands that have something to look at: the event is written when, and only when, the change was made.
   * Answers the row of `change`. Whatever the change locks is locked before the event has its place in the log.
   */
  commitChecked<Row extends { readonly made: boolean }>(
    database: Queryable,
    change: CheckedChange,
    event: NewEvent,
  ): Promise<Row>;
  consume(consumer: Consumer): Promise<RunningConsumer>;
  /** Resolves once every consumer of this process has handled everything that was committed before the call. */
  processAll(): Promise<void>;
  /** Registers what operators watch: how far groups are behind, dead letters, what a relay holds back. */
  measure?(registry: Registry): void;
  stop(): Promise<void>;
}
