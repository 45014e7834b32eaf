import { setTimeout as pause } from 'node:timers/promises';
import type { EachBatchPayload, Kafka, KafkaMessage } from 'kafkajs';
import type { Logger } from 'pino';
import { NotRunningError } from '../../postgres/outage.ts';
import type { Event } from '../event.ts';
import type { Consumer } from '../event-log.ts';
import { type DeadLetter, deliver } from '../postgres/deliver.ts';
import type { AdminSource } from './admin-source.ts';
import { decodeMessage } from './message.ts';
import type { Topics } from './topics.ts';

/** Events that are handed over at once, at most. */
const BATCH = 1_000;
const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 5_000;
const ASK_EVERY_MS = 40;
/** Who waits for another process's batch, or for Kafka, is told after this time. */
const PATIENCE_MS = 30_000;
/** A memory offset begins here before its start, by the brokers' clock, and passes over what was committed before. */
const CLOCK_DIFFERENCE_MS = 5 * 60_000;

/** The end of a partition: every event that is committed has a smaller offset. */
export interface End {
  readonly topic: string;
  readonly partition: number;
  readonly low: bigint;
  readonly end: bigint;
}

export interface Timing {
  /** A process of a group that says nothing for this long has lost its partitions to the others. */
  readonly sessionTimeoutMs: number;
  readonly heartbeatMs: number;
  /** How long a broker waits for something new before it answers; a reader that stops waits for the answer. */
  readonly pollMs: number;
}

export interface ReaderOptions {
  readonly kafka: Kafka;
  readonly admin: AdminSource;
  readonly topics: Topics;
  readonly consumer: Consumer;
  /** On the cluster. */
  readonly groupId: string;
  /** False leaves the group's work to other processes: who asks here is told how far these are. */
  readonly joins: boolean;
  /** A memory offset: where the write-ahead log ended as it began. */
  readonly beginning: { readonly lsn: bigint; readonly atMs: number } | undefined;
  readonly timing: Timing;
  readonly logger?: Logger | undefined;
  /** Resolves once they are kept. */
  readonly bury: (letters: readonly DeadLetter[]) => Promise<void>;
  readonly onFailure: (error: Error, failures: number) => void;
}

export interface Reader {
  readonly consumer: Consumer;
  readonly groupId: string;
  /** Resolves once the group has handled everything before these ends. */
  reach(ends: readonly End[]): Promise<void>;
  /** How many events lie before the group. */
  lag(): Promise<number>;
  stop(): Promise<void>;
}

interface Waiter {
  readonly wanted: readonly End[];
  readonly resolve: () => void;
  readonly reject: (error: Error) => void;
}

const placeOf = (topic: string, partition: number) => `${topic}/${partition}`;

/** One consumer on Kafka: a member of its group, which commits after the effect. */
export function startReader(options: ReaderOptions): Reader {
  const { kafka, admin, topics, consumer, groupId, joins, beginning, timing, logger, bury, onFailure } = options;
  const { group } = consumer;
  const ours = new Map(consumer.topics.map((topic) => [topics.onCluster(topic), topic]));
  const stopping = new AbortController();
  /** The group has committed that it handled everything before these offsets. */
  const handled = new Map<string, bigint>();
  const waiters = new Set<Waiter>();
  let asking = false;
  let interruptions = 0;

  const passed = (topic: string, partition: number, next: bigint) => {
    const place = placeOf(topic, partition);
    if (next <= (handled.get(place) ?? -1n)) return;
    handled.set(place, next);
    for (const waiter of waiters) if (isPast(waiter.wanted)) waiter.resolve();
  };
  const isPast = (wanted: readonly End[]) =>
    wanted.every(({ topic, partition, end }) => (handled.get(placeOf(topic, partition)) ?? 0n) >= end);
  const disappoint = (error: Error) => {
    for (const waiter of waiters) waiter.reject(error);
  };
  const stopped = () => new NotRunningError(`The consumer ${group} has stopped.`);

  /** What other processes of the group have committed. */
  const askGroup = async (): Promise<void> => {
    asking = true;
    while (waiters.size > 0 && !stopping.signal.aborted) {
      try {
        const offsets = await admin.use((client) => client.fetchOffsets({ groupId, topics: [...ours.keys()] }));
        for (const { topic, partitions } of offsets) {
          for (const { partition, offset } of partitions) passed(topic, partition, BigInt(offset));
        }
      } catch (error) {
        logger?.debug({ err: error, group }, 'Kafka could not be asked how far a group has come');
      }
      await pause(ASK_EVERY_MS);
    }
    asking = false;
  };

  const handle = async (events: readonly Event[]): Promise<void> => {
    const letters = await deliver(
      group,
      (batch) => consumer.handle(batch),
      events,
      (error, batch) =>
        logger?.warn({ err: error, group, events: batch.length, firstEvent: batch[0]?.id }, 'events were not handled'),
    );
    await bury(letters);
  };

  const passOver = (topic: string, { offset }: KafkaMessage): [] => {
    logger?.error({ group, topic, offset }, 'a message of somebody else was passed over');
    return [];
  };

  /** Those that were committed since a memory offset began. What holds no event today will hold none tomorrow. */
  const wantedOf = (topic: string, messages: readonly KafkaMessage[]): Event[] =>
    messages
      .flatMap((message) => decodeMessage(message, topic) ?? passOver(topic, message))
      .filter(({ lsn }) => !beginning || lsn === null || lsn >= beginning.lsn)
      .map(({ event }) => event);

  const eachBatch = async (payload: EachBatchPayload): Promise<void> => {
    const { batch, resolveOffset, heartbeat, commitOffsetsIfNecessary, isRunning, isStale } = payload;
    const { topic: onCluster, partition, messages } = batch;
    const topic = ours.get(onCluster) as string;
    // While others wait for it to rejoin, its session stays alive and its batch goes on.
    const signs = setInterval(() => void heartbeat().catch(() => {}), timing.heartbeatMs).unref();
    try {
      for (let start = 0; start < messages.length; start += BATCH) {
        if (!isRunning() || isStale() || stopping.signal.aborted) return;
        const chunk = messages.slice(start, start + BATCH);
        const last = chunk.at(-1) as KafkaMessage;
        const events = wantedOf(topic, chunk);
        if (events.length > 0) {
          try {
            await handle(events);
            interruptions = 0;
          } catch (thrown) {
            const error = thrown instanceof Error ? thrown : new Error(String(thrown));
            interruptions++;
            logger?.error(
              { err: error, group, failures: interruptions },
              'a consumer is interrupted and goes on later',
            );
            disappoint(error);
            const wait = Math.min(FIRST_PAUSE_MS * 2 ** interruptions, LONGEST_PAUSE_MS);
            // Stopping ends the pause.
            await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
            // What was not resolved is fetched again.
            return;
          }
        }
        const next = BigInt(last.offset) + 1n;
        await commitOffsetsIfNecessary({
          topics: [{ topic: onCluster, partitions: [{ partition, offset: String(next) }] }],
        });
        resolveOffset(last.offset);
        passed(onCluster, partition, next);
      }
    } finally {
      clearInterval(signs);
    }
  };

  /** One membership of the group. */
  const live = async (onJoined: () => void): Promise<void> => {
    await admin.use((client) => topics.ensure(client, consumer.topics));
    const starts = beginning && (await startsAt(beginning.atMs));
    const member = kafka.consumer({
      groupId,
      sessionTimeout: timing.sessionTimeoutMs,
      heartbeatInterval: timing.heartbeatMs,
      maxWaitTimeInMs: timing.pollMs,
      allowAutoTopicCreation: false,
      retry: { initialRetryTime: 50, maxRetryTime: 1_000, retries: 20, restartOnFailure: async () => false },
    });
    const crashed = new Promise<never>((_, reject) => {
      member.on(member.events.CRASH, ({ payload: { error } }) => reject(error));
    });
    crashed.catch(() => {});
    const over = new AbortController();
    const asked = new Promise<void>((resolve) => {
      if (stopping.signal.aborted) resolve();
      stopping.signal.addEventListener('abort', () => resolve(), { signal: over.signal });
    });
    try {
      await member.connect();
      await member.subscribe({ topics: [...ours.keys()], fromBeginning: true });
      await Promise.race([member.run({ autoCommit: false, eachBatchAutoResolve: false, eachBatch }), crashed, asked]);
      for (const { topic, partition, offset } of starts ?? []) {
        if (handled.has(placeOf(topic, partition))) continue;
        member.seek({ topic, partition, offset });
        passed(topic, partition, BigInt(offset));
      }
      onJoined();
      await Promise.race([crashed, asked]);
    } finally {
      over.abort();
      await member.disconnect();
    }
  };

  const startsAt = (atMs: number) =>
    admin.use(async (client) => {
      const all = await Promise.all(
        [...ours.keys()].map(async (topic) =>
          (await client.fetchTopicOffsetsByTimestamp(topic, atMs - CLOCK_DIFFERENCE_MS)).map((start) => ({
            topic,
            ...start,
          })),
        ),
      );
      return all.flat();
    });

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await live(() => {
          failures = 0;
        });
      } catch (error) {
        if (stopping.signal.aborted) break;
        failures++;
        onFailure(error instanceof Error ? error : new Error(String(error)), failures);
        const wait = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
        // Stopping ends the pause.
        await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
      }
    }
    // What died with the process is of no use to anybody; Kafka forgets it by itself a week after a crash.
    if (beginning) await admin.use((client) => client.deleteGroups([groupId])).catch(() => {});
  };
  const running = joins ? run() : Promise.resolve();

  return {
    consumer,
    groupId,
    async reach(ends) {
      if (stopping.signal.aborted) throw stopped();
      const wanted = ends.filter(({ topic, low, end }) => ours.has(topic) && end > low);
      if (isPast(wanted)) return;
      let waiter: Waiter | undefined;
      let impatience: NodeJS.Timeout | undefined;
      try {
        await new Promise<void>((resolve, reject) => {
          waiter = { wanted, resolve, reject };
          waiters.add(waiter);
          const late = () => reject(new Error(`The consumer ${group} has not caught up within ${PATIENCE_MS} ms.`));
          impatience = setTimeout(late, PATIENCE_MS);
          if (!asking) void askGroup();
        });
      } finally {
        clearTimeout(impatience);
        if (waiter) waiters.delete(waiter);
      }
    },
    lag: () =>
      admin.use(async (client) => {
        const names = [...ours.keys()];
        const committed = new Map<string, bigint>();
        for (const { topic, partitions } of await client.fetchOffsets({ groupId, topics: names })) {
          for (const { partition, offset } of partitions) committed.set(placeOf(topic, partition), BigInt(offset));
        }
        let behind = 0n;
        for (const topic of names) {
          for (const { partition, low, high } of await client.fetchTopicOffsets(topic)) {
            const place = placeOf(topic, partition);
            const starts = [BigInt(low), committed.get(place) ?? 0n, handled.get(place) ?? 0n];
            behind += BigInt(high) - starts.reduce((a, b) => (a > b ? a : b));
          }
        }
        return Number(behind);
      }),
    async stop() {
      stopping.abort();
      disappoint(stopped());
      await running;
    },
  };
}
