import { setTimeout as pause } from 'node:timers/promises';
import type { Kafka, Message } from 'kafkajs';
import pg from 'pg';
import type { Logger } from 'pino';
import { type Database, sessionOptions } from '../../../postgres/database.ts';
import { adoptLog } from '../../postgres/adopt.ts';
import { coalesced } from '../../postgres/coalesce.ts';
import { PATIENT } from '../client.ts';
import { encodeMessage, type RelayedEvent } from '../message.ts';
import { sendToPartition } from '../sender.ts';
import { partitionOf, type Topics } from '../topics.ts';
import { raiseBarrier } from './barrier.ts';
import { sayGoodbye } from './goodbye.ts';
import { type Progress, storeProgress } from './progress.ts';
import { openSlot } from './slot.ts';
import { type OutboxStream, openStream } from './stream.ts';
import { untilVisible } from './visible.ts';

/** Any two numbers that only relays take as their advisory lock in a database. */
const LOCK = [7_246_117, 1];
const STANDBY_LOOKS_EVERY_MS = 500;
/** Other tables' changes move the write-ahead log on, too: the slot follows, and the outbox can be pruned. */
const BARRIER_EVERY_MS = 5_000;
const FIRST_PAUSE_MS = 100;
const LONGEST_PAUSE_MS = 5_000;
const GOODBYE_MS = 2_000;

export interface RelayOptions {
  readonly database: Database;
  readonly kafka: Kafka;
  readonly topics: Topics;
  readonly progress: Progress;
  readonly logger?: Logger | undefined;
  /** Told of each failure, for a message that says what to look at. */
  readonly onFailure: (error: Error, failures: number) => void;
}

export interface Relay {
  readonly active: boolean;
  stop(): Promise<void>;
}

/**
 * Sends the outbox to Kafka: in commit order per key, each event at least once. Of all processes on a database one does;
 * the others stand by and take over when its connection to the database ends.
 */
export function startRelay(options: RelayOptions): Relay {
  const { database, logger, onFailure } = options;
  const stopping = new AbortController();
  let active = false;

  /** Does the work while this process holds the lock; `lost` is aborted, with the reason, when it must end. */
  const holdLock = async (work: (lost: AbortSignal) => Promise<void>): Promise<void> => {
    const client = new pg.Client({
      connectionString: database.url,
      application_name: 'starling event log relay lock',
      connectionTimeoutMillis: 10_000,
      ...sessionOptions(),
    });
    const lost = new AbortController();
    const lose = (error: Error) => lost.abort(error);
    client.on('error', lose);
    client.on('end', () => lose(new Error('The connection that held the relay lock has ended.')));
    const stop = () => lose(new Error('The relay has been stopped.'));
    stopping.signal.addEventListener('abort', stop);
    try {
      await client.connect();
      for (;;) {
        lost.signal.throwIfAborted();
        const { rows } = await client.query<{ mine: boolean }>('SELECT pg_try_advisory_lock($1, $2) AS mine', LOCK);
        if (rows[0]?.mine) break;
        await pause(STANDBY_LOOKS_EVERY_MS, undefined, { signal: lost.signal });
      }
      await work(lost.signal);
    } finally {
      stopping.signal.removeEventListener('abort', stop);
      await sayGoodbye(client);
    }
  };

  const run = async (): Promise<void> => {
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        await holdLock((lost) =>
          relayWhile(lost, options, () => {
            active = true;
            failures = 0;
          }),
        );
      } catch (error) {
        if (stopping.signal.aborted) return;
        failures++;
        onFailure(error instanceof Error ? error : new Error(String(error)), failures);
      } finally {
        active = false;
      }
      const wait = Math.min(FIRST_PAUSE_MS * 2 ** failures, LONGEST_PAUSE_MS);
      // Stopping ends the pause.
      await pause(wait, undefined, { signal: stopping.signal }).catch(() => {});
    }
  };

  const running = run().catch((error: unknown) => logger?.error({ err: error }, 'the relay has ended'));
  return {
    get active() {
      return active;
    },
    async stop() {
      stopping.abort();
      await running;
    },
  };
}

/** Relays until `lost` is aborted or something fails, and throws the reason. */
async function relayWhile(lost: AbortSignal, options: RelayOptions, onActive: () => void): Promise<void> {
  const { database, kafka, topics, progress, logger } = options;
  const admin = kafka.admin();
  // A producer that has failed once has a gap in its sequence: each session has its own.
  const producer = kafka.producer({ idempotent: true, allowAutoTopicCreation: false, retry: PATIENT });
  let stream: OutboxStream | undefined;
  let barriers: NodeJS.Timeout | undefined;
  try {
    await Promise.all([admin.connect(), producer.connect()]);
    const { clusterId: cluster } = await admin.describeCluster();

    const send = async (relayed: readonly RelayedEvent[]): Promise<void> => {
      lost.throwIfAborted();
      const names = [...new Set(relayed.map(({ event }) => event.topic))];
      const counts = await topics.ensure(admin, names);
      const partitions = new Map(names.map((name, index) => [name, counts[index] as number]));
      const bound = new Map<string, { topic: string; partition: number; messages: (Message & { value: string })[] }>();
      for (const each of relayed) {
        const { topic, key } = each.event;
        const partition = partitionOf(key, partitions.get(topic) as number);
        const place = `${topic}/${partition}`;
        const batch = bound.get(place) ?? { topic: topics.onCluster(topic), partition, messages: [] };
        bound.set(place, batch);
        batch.messages.push(encodeMessage(each));
      }
      await Promise.all(
        [...bound.values()].map(({ topic, partition, messages }) =>
          sendToPartition(producer, topic, partition, messages),
        ),
      );
    };

    await adoptLog(database, logger);
    const place = await openSlot({
      database,
      cluster,
      signal: lost,
      send: (events, lsn) => send(events.map((event) => ({ event, lsn }))),
      onNewSlot: (reason, sent) =>
        logger?.[reason === 'lost' ? 'warn' : 'info'](
          { cluster, sent },
          reason === 'lost'
            ? 'the replication slot was lost: what Kafka had not got was sent from the outbox'
            : 'the relay begins: what the outbox keeps was sent to Kafka',
        ),
    });
    lost.throwIfAborted();
    stream = openStream(database.url, place);
    const open = stream;
    onActive();
    progress.moved(place.lsn);
    const ended = new Promise<never>((_, reject) => {
      lost.addEventListener('abort', () => reject(lost.reason), { once: true });
    });
    ended.catch(() => {});

    let sentUpTo = place.lsn;
    let passed: Awaited<ReturnType<typeof raiseBarrier>> | undefined;
    let failed: Error | undefined;
    const store = coalesced(async () => {
      const lsn = sentUpTo;
      const seen = passed && passed.lsn <= lsn ? passed.seen : null;
      await storeProgress(database, cluster, { lsn, seen });
      open.acknowledge(lsn);
    });
    barriers = setInterval(() => {
      raiseBarrier(database).then(
        (barrier) => {
          passed = barrier;
        },
        (error: Error) => logger?.warn({ err: error }, 'the relay could not raise a barrier'),
      );
    }, BARRIER_EVERY_MS).unref();

    let lastStore: Promise<void> = Promise.resolve();
    while (!failed) {
      const { events, transactionIds, upTo } = await Promise.race([open.take(), ended]);
      if (events.length > 0) {
        await Promise.race([untilVisible(database, transactionIds, lost), ended]);
        await Promise.race([send(events), ended]);
      }
      if (upTo === null || upTo <= sentUpTo) continue;
      sentUpTo = upTo;
      progress.moved(upTo);
      lastStore = store().catch((error: Error) => {
        failed = error;
      });
    }
    await lastStore;
    throw failed;
  } finally {
    clearInterval(barriers);
    await stream?.close();
    const gone = Promise.allSettled([producer.disconnect(), admin.disconnect()]);
    // Brokers that are away answer no goodbye.
    await Promise.race([gone, pause(GOODBYE_MS, undefined, { ref: false })]);
  }
}
