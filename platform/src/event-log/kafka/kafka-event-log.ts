import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import type { Producer } from 'kafkajs';
import { openDatabase } from '../../postgres/database.ts';
import { consumerElsewhere, isDriven, runsHere } from '../attention.ts';
import type { EventLog, RunningConsumer } from '../event-log.ts';
import { measureKafka } from '../measure.ts';
import { coalesced } from '../postgres/coalesce.ts';
import { keep } from '../postgres/dead-letters.ts';
import type { DeadLetter } from '../postgres/deliver.ts';
import { createPostgresEventLog, type PostgresEventLogOptions } from '../postgres/postgres-event-log.ts';
import { forgetOffset } from '../postgres/stored-offset.ts';
import { adminSource } from './admin-source.ts';
import { KafkaError, type KafkaServers, openKafka, PATIENT } from './client.ts';
import { encodeMessage } from './message.ts';
import { type End, type Reader, startReader, type Timing } from './reader.ts';
import { raiseBarrier } from './relay/barrier.ts';
import { relayProgress } from './relay/progress.ts';
import { startRelay } from './relay/relay.ts';
import { sendToPartition } from './sender.ts';
import { deadLetterTopic, topicsOf } from './topics.ts';

export interface KafkaEventLogOptions extends PostgresEventLogOptions, KafkaServers {
  /** Before every topic and group on the cluster; keeps logs apart that share it. Default none. */
  readonly prefix?: string;
  readonly timing?: Partial<Timing>;
}

const TIMING: Timing = { sessionTimeoutMs: 10_000, heartbeatMs: 1_000, pollMs: 500 };
/** The lag is left out of the metrics when Kafka has not answered by then. */
const LAG_LIMIT_MS = 2_000;
/** A question that waits for Kafka or for the relay is given up after this time. */
const PATIENCE_MS = 30_000;

/**
 * The outbox in PostgreSQL, relayed to Kafka. Consumers that reads wait for take their events from the outbox itself, so
 * that a read keeps its promise with Kafka away; the others take theirs from Kafka (docs/adr/0008).
 */
export function createKafkaEventLog(options: KafkaEventLogOptions): EventLog {
  const { brokers, login, tls, prefix = '', logger, attention = 'all', onDeadLetter, timing = {}, ...rest } = options;
  const outbox = createPostgresEventLog({ ...rest, logger, attention, ...(onDeadLetter && { onDeadLetter }) });
  const database = openDatabase({
    url: options.url,
    applicationName: 'starling event log relay state',
    maxConnections: 3,
    onError: (error) => logger?.warn({ err: error }, 'an idle connection of the relay broke'),
  });
  const kafka = openKafka({ brokers, login, tls, clientId: 'starling', logger });
  const admin = adminSource(kafka);
  const topics = topicsOf(prefix);
  const progress = relayProgress(database);
  let readers: readonly Reader[] = [];
  let stopping = false;

  const tell = (who: string) => (error: Error, failures: number) => {
    const where =
      error instanceof KafkaError ? `Kafka at KAFKA_BROKERS=${brokers.join(',')}` : 'the PostgreSQL at DATABASE_URL';
    logger?.[failures === 1 ? 'error' : 'warn'](
      { err: error, failures },
      `${who} cannot go on with ${where} and tries again; nothing is lost meanwhile`,
    );
  };
  const relay =
    attention === 'memory'
      ? undefined
      : startRelay({ database, kafka, topics, progress, logger, onFailure: tell('the relay') });

  let cluster: Promise<string> | undefined;
  const clusterId = (): Promise<string> => {
    cluster ??= admin.use((client) => client.describeCluster()).then(({ clusterId }) => clusterId);
    cluster.catch(() => {
      cluster = undefined;
    });
    return cluster;
  };

  /** Where the readers' partitions end once everything has been relayed that was committed before the question. */
  const ends = coalesced(async (): Promise<End[]> => {
    const { lsn } = await raiseBarrier(database);
    await progress.reach(lsn, await clusterId(), AbortSignal.timeout(PATIENCE_MS));
    const names = [...new Set(readers.flatMap(({ consumer }) => consumer.topics))];
    return admin.use(async (client) => {
      await topics.ensure(client, names);
      const all = await Promise.all(
        names.map(async (name) => {
          const topic = topics.onCluster(name);
          const partitions = await client.fetchTopicOffsets(topic);
          return partitions.map(({ partition, low, high }) => ({
            topic,
            partition,
            low: BigInt(low),
            end: BigInt(high),
          }));
        }),
      );
      return all.flat();
    });
  });

  const caughtUp = async (reader: Reader): Promise<void> => {
    // A stopped reader rejects.
    await reader.reach(readers.includes(reader) ? await ends() : []);
  };

  let undertaker: Promise<Producer> | undefined;
  const openProducer = async (): Promise<Producer> => {
    const producer = kafka.producer({ allowAutoTopicCreation: false, retry: PATIENT });
    await producer.connect();
    return producer;
  };

  /** Keeps letters where people look for them, then on their topics. */
  const bury = async (letters: readonly DeadLetter[]): Promise<void> => {
    if (letters.length === 0) return;
    await database.transaction((transaction) => keep(transaction, letters));
    for (const letter of letters) {
      logger?.error(
        {
          err: letter.error,
          group: letter.group,
          topic: letter.event.topic,
          event: letter.event.id,
          attempts: letter.attempts,
        },
        'an event went to its dead-letter topic',
      );
      onDeadLetter?.(letter);
    }
    undertaker ??= openProducer();
    undertaker.catch(() => {
      undertaker = undefined;
    });
    const producer = await undertaker;
    for (const { event, group, error, attempts } of letters) {
      const topic = deadLetterTopic(event.topic);
      await admin.use((client) => topics.ensure(client, [topic]));
      const message = encodeMessage({ event, lsn: null }, { group, attempts: String(attempts), error: error.message });
      await sendToPartition(producer, topics.onCluster(topic), 0, [message]);
    }
  };

  const consumeFromKafka: EventLog['consume'] = async (consumer): Promise<RunningConsumer> => {
    const inMemory = consumer.offset === 'memory';
    const { lookBackMs = 0 } = consumer;
    const atMs = Date.now() - lookBackMs;
    // A place that is on disk: one that is not may be lost with a crash, and other transactions then come before it.
    const beginning = inMemory ? { lsn: lookBackMs > 0 ? 0n : (await raiseBarrier(database)).lsn, atMs } : undefined;
    // A group that read the outbox before does not hold back its pruning any more.
    if (!inMemory) await forgetOffset(database, consumer.group);
    const reader = startReader({
      kafka,
      admin,
      topics,
      consumer,
      groupId: `${prefix}${consumer.group}${inMemory ? `.${randomUUID()}` : ''}`,
      joins: isDriven(attention, consumer),
      beginning,
      timing: { ...TIMING, ...timing },
      logger,
      bury,
      onFailure: tell(`the consumer ${consumer.group}`),
    });
    readers = [...readers, reader];
    return {
      caughtUp: () => caughtUp(reader),
      // No read waits for it, so that nobody needs to know this soon.
      isCaughtUp: () => false,
      async stop() {
        readers = readers.filter((other) => other !== reader);
        await reader.stop();
      },
    };
  };

  return {
    attention,
    append: outbox.append,
    commit: outbox.commit,
    commitChecked: outbox.commitChecked,
    async consume(consumer) {
      if (stopping) throw new Error('The event log has stopped.');
      if (!runsHere(attention, consumer)) return consumerElsewhere(consumer);
      return consumer.freshness === 'eventual' ? consumeFromKafka(consumer) : outbox.consume(consumer);
    },
    async processAll() {
      await Promise.all([outbox.processAll(), ...readers.map(caughtUp)]);
    },
    measure(registry) {
      outbox.measure?.(registry);
      const lags = () =>
        Promise.all(readers.map(async (reader) => ({ group: reader.consumer.group, value: await reader.lag() })));
      // Whoever reads the metrics waits a few seconds, and wants the others while Kafka is away.
      measureKafka(registry, () => Promise.race([lags(), pause(LAG_LIMIT_MS, [], { ref: false })]));
    },
    async stop() {
      stopping = true;
      await Promise.all(readers.map((reader) => reader.stop()));
      readers = [];
      await Promise.all([relay?.stop(), outbox.stop()]);
      const producer = await undertaker?.catch(() => undefined);
      await Promise.allSettled([producer?.disconnect(), admin.close()]);
      await database.close();
    },
  };
}
