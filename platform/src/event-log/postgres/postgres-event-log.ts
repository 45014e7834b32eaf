import type { Logger } from 'pino';
import { openDatabase, type Queryable } from '../../postgres/database.ts';
import { type Attention, consumerElsewhere, isDriven, runsHere } from '../attention.ts';
import type { NewEvent } from '../event.ts';
import type { CheckedChange, EventLog } from '../event-log.ts';
import { measureOutbox } from '../measure.ts';
import { type Moment, thisMoment } from '../moment.ts';
import { adoptLog } from './adopt.ts';
import { answersByMoment } from './answers-by-moment.ts';
import { append, commitChecked, commitWithEvent } from './append.ts';
import { background } from './background.ts';
import { coalesced } from './coalesce.ts';
import { type ConsumerLoop, consumerLoop } from './consumer-loop.ts';
import type { DeadLetter } from './deliver.ts';
import type { Outstanding } from './handled.ts';
import { memoryOffset } from './memory-offset.ts';
import { nothingNew } from './nothing-new.ts';
import { questionAbout } from './outstanding.ts';
import { pruneEvents } from './prune.ts';
import { storedOffset } from './stored-offset.ts';
import { wakeUp } from './wake-up.ts';
import { BATCH } from './window.ts';

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
  // A batch may take as long as it takes, and a session with a turn says nothing meanwhile; who waits for another process's batch
  // is told after this time.
  idle_session_timeout: '0',
  statement_timeout: '0',
  lock_timeout: '30s',
};

interface Answer {
  readonly asked: ReadonlySet<ConsumerLoop>;
  readonly behind: Map<ConsumerLoop, Outstanding>;
}

/** Nobody knows what it is. */
const UNKNOWN: Outstanding = { transactions: undefined };

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
  const turns = open('starling event log', maxBatches);
  // Questions have connections of their own: they never wait for a batch.
  const questions = open('starling event log questions', 2);
  if (options.onStatement) for (const database of [turns, questions]) database.onStatement(options.onStatement);

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

  /** What each loop had still to handle of what was committed before the question: nothing of those that are not in it. */
  async function askAboutAll(): Promise<Answer> {
    const asked = loops.map((loop) => ({ loop, after: loop.windows }));
    const known = quiet;
    const seen = asked.map(({ loop }) => loop.offset.seen());
    const { unhandled, asOf } = await question(questions, seen);
    if (unhandled.size === 0) known.begin(asOf);
    const behind = asked.flatMap(({ loop, after }, place) =>
      unhandled.has(place) ? [[loop, { transactions: unhandled.get(place), after }] as const] : [],
    );
    return { asked: new Set(asked.map(({ loop }) => loop)), behind: new Map(behind) };
  }
  const ask = coalesced(askAboutAll);

  // Readers ask all the time, and mostly while nothing happens.
  const askForReaders = coalesced(async (): Promise<Answer> => {
    const asked = new Set(loops);
    return (await quiet.isStillSo(questions)) ? { asked, behind: new Map() } : askAboutAll();
  });
  const { askFor, answerFor, forget } = answersByMoment(askForReaders);

  /** What the batches were made of whose moments these are: whoever asks for one of them need not find it out. */
  const batches = new WeakMap<object, Outstanding>();
  const momentOf = (transactions: readonly string[]): Moment => {
    const moment = thisMoment();
    batches.set(moment.since, { transactions });
    return moment;
  };

  const isDone = ({ asked, behind }: Answer, loop: ConsumerLoop) =>
    asked.has(loop) && !behind.has(loop) && loops.includes(loop);

  /** Handles what is outstanding. Where `soon`, its effect is enough, and its offset may be stored a little later. */
  const catchUp = async (loop: ConsumerLoop, outstanding: Outstanding, soon = false): Promise<void> => {
    const inHand = loop.underWay;
    if (await loop.hasHandled(outstanding)) return soon ? undefined : inHand;
    // Others of the group may have handled it: the question again is one statement for all who wait, another turn is three.
    if (inHand && isDone(await ask(), loop)) return;
    const driving = loop.drive();
    if (!soon) return driving;
    // How it ends is told below, to who waits for the end of it.
    driving.catch(() => {});
    if (!(await loop.hasHandled(outstanding))) await driving;
  };

  const caughtUp = async (loop: ConsumerLoop, moment?: Moment): Promise<void> => {
    // A stopped loop is not asked about, and rejects.
    if (!loops.includes(loop)) return loop.drive();
    const batch = moment && batches.get(moment.since);
    if (batch && (await loop.hasHandled(batch))) return;
    const answer = await (moment && !batch ? askFor(moment) : ask());
    if (isDone(answer, loop)) return;
    await catchUp(loop, answer.behind.get(loop) ?? UNKNOWN, moment !== undefined);
    // Whoever has the same answer asked before all of this.
    answer.behind.delete(loop);
    if (moment && loop.consumer.appends) forget(moment);
  };

  let adopted: Promise<void> | undefined;
  const adopt = (): Promise<void> => {
    adopted ??= adoptLog(turns, logger).catch((error) => {
      adopted = undefined;
      throw error;
    });
    return adopted;
  };

  const drivenLoops = () => loops.filter(({ consumer }) => isDriven(attention, consumer));

  const { look, ...driving } = background({
    loops: drivenLoops,
    async findBehind() {
      const answer = await ask();
      const behind = drivenLoops().filter((loop) => !isDone(answer, loop));
      return new Map(behind.map((loop) => [loop, answer.behind.get(loop)]));
    },
    catchUp: (loop, outstanding) => (outstanding ? catchUp(loop, outstanding) : caughtUp(loop)),
    logger,
  });

  const wake = wakeUp(questions, {
    onHeard: () => quiet.end(),
    onWake: look,
    onBroken() {
      quiet.end();
      for (const loop of loops) {
        loop.distrust();
        loop.consumer.interrupted?.();
      }
    },
    logger,
  });
  const prune = () => {
    pruneEvents(questions, keepMs).catch((error) => logger?.warn({ err: error }, 'old events were not removed'));
  };
  const timers = [setInterval(() => void look(), LOOK_EVERY_MS).unref()];
  if (attention !== 'memory') timers.push(setInterval(prune, PRUNE_EVERY_MS).unref());

  const committed = (events: readonly NewEvent[]) => {
    quiet.end();
    wake.committed(events);
  };

  return {
    attention,

    async append(transaction, events) {
      if (events.length === 0) return;
      await append(transaction, events);
      transaction.afterCommit(() => committed(events));
    },

    async commit(database, change, event) {
      await commitWithEvent(database, change, event);
      committed([event]);
    },

    async commitChecked<Row extends { readonly made: boolean }>(
      database: Queryable,
      change: CheckedChange,
      event: NewEvent,
    ): Promise<Row> {
      const row = await commitChecked<Row>(database, change, event);
      if (row.made) committed([event]);
      return row;
    },

    async consume(consumer) {
      if (stopping) throw new Error('The event log has stopped.');
      if (!runsHere(attention, consumer)) return consumerElsewhere(consumer);
      const { group, topics, lookBackMs = 0, together = BATCH } = consumer;
      await adopt();
      const offset = await (consumer.offset === 'memory'
        ? memoryOffset(questions, { topics, lookBackMs, most: together })
        : storedOffset(turns, group, topics, together));
      const loop = consumerLoop({ consumer, offset, momentOf, logger, onDeadLetter });
      setLoops([...loops, loop]);
      wake.listen();
      void look();
      return {
        caughtUp: (moment) => caughtUp(loop, moment),
        isCaughtUp(moment) {
          const answer = answerFor(moment);
          return answer !== undefined && isDone(answer, loop);
        },
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
      driving.stop();
      await Promise.all(loops.map((loop) => loop.stop()));
      setLoops([]);
      await wake.stop();
      await Promise.all([turns.close(), questions.close()]);
    },
  };
}
