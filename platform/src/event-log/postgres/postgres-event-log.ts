import type { Logger } from 'pino';
import { openDatabase, type Queryable } from '../../postgres/database.ts';
import { type Attention, consumerElsewhere, isDriven, runsHere } from '../attention.ts';
import type { NewEvent } from '../event.ts';
import type { CheckedChange, EventLog } from '../event-log.ts';
import { measureOutbox } from '../measure.ts';
import type { Moment } from '../moment.ts';
import { answersByMoment } from './answers-by-moment.ts';
import { append, commitChecked, commitWithEvent } from './append.ts';
import { coalesced } from './coalesce.ts';
import { type ConsumerLoop, consumerLoop } from './consumer-loop.ts';
import type { DeadLetter } from './deliver.ts';
import { memoryOffset } from './memory-offset.ts';
import { nothingNew } from './nothing-new.ts';
import { questionAbout } from './outstanding.ts';
import { pruneEvents } from './prune.ts';
import { storedOffset } from './stored-offset.ts';
import { wakeUp } from './wake-up.ts';

export interface PostgresEventLogOptions {
  readonly url: string;
  readonly logger?: Logger | undefined;
  /** Default `all`. */
  readonly attention?: Attention;
  readonly onDeadLetter?: (letter: DeadLetter) => void;
  /** How long events are kept after every stored group has passed them, in milliseconds. Default seven days. */
  readonly keepMs?: number;
  /** Batches that are handled at the same moment, at most; further groups wait in line. Default 24. */
  readonly maxBatches?: number;
  /** Called with the name of each statement of the log's own. For tests and metrics. */
  readonly onStatement?: (name: string) => void;
}

export interface PostgresEventLog extends EventLog {
  /** Removes events older than `olderThanMs` that every stored group has passed. Answers how many. */
  prune(options: { readonly olderThanMs: number }): Promise<number>;
}

const LOOK_EVERY_MS = 500;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const PRUNE_EVERY_MS = 10 * 60_000;
const DEFAULT_KEEP_MS = 7 * 24 * 3_600_000;

const SETTINGS = {
  // Offsets may be lost: the log delivers again.
  synchronous_commit: 'off',
  // Every statement of the log walks an index from a known place, whatever statistics a young or a full table has.
  enable_seqscan: 'off',
  enable_bitmapscan: 'off',
  enable_sort: 'off',
  jit: 'off',
  // A batch may take as long as it takes; who waits for another process's batch is told after this time.
  idle_in_transaction_session_timeout: '0',
  lock_timeout: '30s',
};

/** The event log in the outbox table itself: offsets are snapshots of the database (docs/adr/0003). */
export function createPostgresEventLog(options: PostgresEventLogOptions): PostgresEventLog {
  const { url, logger, attention = 'all', onDeadLetter, keepMs = DEFAULT_KEEP_MS, maxBatches = 24 } = options;
  const open = (applicationName: string, maxConnections: number) =>
    openDatabase({
      url,
      applicationName,
      maxConnections,
      settings: SETTINGS,
      onError: (error) => logger?.warn({ err: error }, 'an idle connection of the event log broke'),
    });
  const batches = open('starling event log', maxBatches);
  // Questions have connections of their own: they never wait for a batch.
  const questions = open('starling event log questions', 2);
  if (options.onStatement) for (const database of [batches, questions]) database.onStatement(options.onStatement);

  let loops: readonly ConsumerLoop[] = [];
  let question = questionAbout([]);
  let quiet = nothingNew([]);
  const setLoops = (next: readonly ConsumerLoop[]) => {
    loops = next;
    const consumers = next.map(({ consumer }) => consumer);
    question = questionAbout(consumers);
    quiet = nothingNew(consumers.flatMap(({ topics }) => topics));
  };
  let stopping = false;

  /** The loops that have handled everything that was committed before the question. */
  async function askAboutAll(): Promise<Set<ConsumerLoop>> {
    const asked = loops;
    const known = quiet;
    const seen = asked.map(({ offset }) => offset.seen());
    const { places, asOf } = await question(questions, seen);
    if (places.size === 0) known.begin(asOf);
    return new Set(asked.filter((_, place) => !places.has(place)));
  }
  const ask = coalesced(askAboutAll);

  // Readers ask all the time, and mostly while nothing happens.
  const askForReaders = coalesced(async () => {
    const asked = loops;
    return (await quiet.isStillSo(questions)) ? new Set(asked) : askAboutAll();
  });
  const { askFor, answerFor, forget } = answersByMoment(askForReaders);

  /** Handles what a question found to be outstanding. */
  const catchUp = async (loop: ConsumerLoop): Promise<void> => {
    // What is in hand may be all there is: the question again is one statement for all who wait, another turn is four.
    const inHand = loop.underWay;
    await inHand;
    const isDone = inHand !== undefined && loops.includes(loop) && (await ask()).has(loop);
    if (!isDone) await loop.drive();
  };

  const caughtUp = async (loop: ConsumerLoop, moment?: Moment): Promise<void> => {
    // A stopped loop is not asked about, and rejects.
    if (!loops.includes(loop)) return loop.drive();
    if (!moment && loop.underWay) return catchUp(loop);
    const handled = await (moment ? askFor(moment) : ask());
    if (handled.has(loop) && loops.includes(loop)) return;
    await catchUp(loop);
    // Whoever has the same answer asked before all of this.
    handled.add(loop);
    if (moment && loop.consumer.appends) forget(moment);
  };

  const retries = new WeakMap<ConsumerLoop, { failures: number; at: number }>();

  const driveInBackground = async (loop: ConsumerLoop): Promise<void> => {
    try {
      await catchUp(loop);
      retries.delete(loop);
    } catch (error) {
      if (stopping || !loops.includes(loop)) return;
      const failures = (retries.get(loop)?.failures ?? 0) + 1;
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      retries.set(loop, { failures, at: performance.now() + wait });
      logger?.error(
        { err: error, group: loop.consumer.group, failures },
        'a consumer is interrupted and goes on later',
      );
    }
  };

  const begun = new WeakMap<ConsumerLoop, number>();
  let later: NodeJS.Timeout | undefined;

  /** Whether a loop that takes its time has taken it; if not, it is looked at again when it has. */
  const isItsTime = (loop: ConsumerLoop): boolean => {
    const { paceMs = 0 } = loop.consumer;
    if (paceMs === 0) return true;
    const early = (begun.get(loop) ?? 0) + paceMs - performance.now();
    if (early <= 0) {
      begun.set(loop, performance.now());
      return true;
    }
    later ??= setTimeout(() => {
      later = undefined;
      void look();
    }, early).unref();
    return false;
  };

  const drivenLoops = () => loops.filter(({ consumer }) => isDriven(attention, consumer));

  /** Drives what is behind, in the background. */
  const look = async (): Promise<void> => {
    if (stopping || drivenLoops().length === 0) return;
    try {
      const handled = await ask();
      for (const loop of drivenLoops().filter((loop) => !handled.has(loop))) {
        if ((retries.get(loop)?.at ?? 0) <= performance.now() && isItsTime(loop)) void driveInBackground(loop);
      }
    } catch (error) {
      if (!stopping) logger?.error({ err: error }, 'the event log could not be asked and will be asked again');
    }
  };

  const wake = wakeUp(questions, {
    onWake() {
      quiet.end();
      return look();
    },
    onBroken() {
      quiet.end();
      for (const { offset, consumer } of loops) {
        offset.distrust();
        consumer.interrupted?.();
      }
    },
    logger,
  });
  const prune = () => {
    pruneEvents(questions, keepMs).catch((error) => logger?.warn({ err: error }, 'old events were not removed'));
  };
  const timers = [setInterval(look, LOOK_EVERY_MS).unref()];
  if (attention !== 'memory') timers.push(setInterval(prune, PRUNE_EVERY_MS).unref());

  const committed = () => {
    quiet.end();
    wake.committed();
  };

  return {
    attention,

    async append(transaction, events) {
      if (events.length === 0) return;
      await append(transaction, events);
      transaction.afterCommit(committed);
    },

    async commit(database, change, event) {
      await commitWithEvent(database, change, event);
      committed();
    },

    async commitChecked<Row extends { readonly made: boolean }>(
      database: Queryable,
      change: CheckedChange,
      event: NewEvent,
    ): Promise<Row> {
      const row = await commitChecked<Row>(database, change, event);
      if (row.made) committed();
      return row;
    },

    async consume(consumer) {
      if (stopping) throw new Error('The event log has stopped.');
      if (!runsHere(attention, consumer)) return consumerElsewhere(consumer);
      const { group, topics, lookBackMs = 0 } = consumer;
      const offset = await (consumer.offset === 'memory'
        ? memoryOffset(questions, { topics, lookBackMs })
        : storedOffset(batches, group, topics));
      const loop = consumerLoop(consumer, offset, logger, onDeadLetter);
      setLoops([...loops, loop]);
      wake.listen();
      void look();
      return {
        caughtUp: (moment) => caughtUp(loop, moment),
        isCaughtUp: (moment) => answerFor(moment)?.has(loop) === true && loops.includes(loop),
        async stop() {
          setLoops(loops.filter((other) => other !== loop));
          await loop.stop();
        },
      };
    },

    async processAll() {
      await Promise.all(loops.map((loop) => caughtUp(loop)));
    },

    measure: (registry) => measureOutbox(registry, questions),

    prune: ({ olderThanMs }) => pruneEvents(questions, olderThanMs),

    async stop() {
      stopping = true;
      for (const timer of timers) clearInterval(timer);
      clearTimeout(later);
      await Promise.all(loops.map((loop) => loop.stop()));
      setLoops([]);
      await wake.stop();
      await Promise.all([batches.close(), questions.close()]);
    },
  };
}
