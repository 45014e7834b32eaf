import { randomUUID } from 'node:crypto';
import {
  createKafkaEventLog,
  type EventLog,
  firstTime,
  listDeadLetters,
  replayDeadLetters,
} from '@starling/platform/event-log';
import { type Database, openDatabase } from '@starling/platform/postgres';
import { type Admin, ConfigResourceTypes, Kafka, type KafkaMessage, logLevel } from 'kafkajs';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { createTestDatabase } from '../../tests/support/database.ts';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { deadLetterTopic, partitionOf, shapeOf, TOPICS, topicsOf } from '../src/event-log/kafka/topics.ts';
import { numbered, numbersOf, TOPIC } from './support/events.ts';

describe('The topics on a broker', () => {
  let kafka: TestKafka;
  let client: Kafka;
  let admin: Admin;

  beforeAll(async () => {
    kafka = await startTestKafka();
    client = new Kafka({ brokers: [...kafka.brokers], logLevel: logLevel.NOTHING });
    admin = client.admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin?.disconnect();
    await kafka?.stop();
  });

  test('have the partitions and the retention that the table says', async () => {
    const { ensure, onCluster } = topicsOf(`${randomUUID()}.`);
    const names = [...Object.keys(TOPICS), TOPIC, deadLetterTopic('tweets.tweet')];
    const partitions = await ensure(admin, names);
    expect(partitions).toEqual(names.map((name) => shapeOf(name).partitions));
    const { topics } = await admin.fetchTopicMetadata({ topics: names.map(onCluster) });
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: names.map((name) => ({
        type: ConfigResourceTypes.TOPIC,
        name: onCluster(name),
        configNames: ['retention.ms', 'message.timestamp.type'],
      })),
    });
    const found = names.map((name) => {
      const settings = resources.find(({ resourceName }) => resourceName === onCluster(name))?.configEntries ?? [];
      return {
        name,
        partitions: topics.find((topic) => topic.name === onCluster(name))?.partitions.length,
        ...Object.fromEntries(settings.map(({ configName, configValue }) => [configName, configValue])),
      };
    });
    expect(found).toEqual(
      names.map((name) => ({
        name,
        partitions: shapeOf(name).partitions,
        'retention.ms': String(shapeOf(name).retentionMs),
        'message.timestamp.type': 'LogAppendTime',
      })),
    );
  });

  describe('for events that could not be handled', () => {
    let database: Database;
    let drop: () => Promise<void>;
    let prefix: string;
    let log: EventLog;

    beforeEach(async () => {
      const created = await createTestDatabase();
      drop = created.drop;
      database = openDatabase({ url: created.url, applicationName: 'kafka tests' });
      prefix = `${randomUUID()}.`;
      const timing = { heartbeatMs: 200, pollMs: 100 };
      log = createKafkaEventLog({ url: created.url, brokers: kafka.brokers, prefix, timing });
    });
    afterEach(async () => {
      await log.stop();
      await database.close();
      await drop();
    });

    /** The first message of a topic. */
    async function firstOf(topic: string): Promise<KafkaMessage> {
      const consumer = client.consumer({ groupId: randomUUID() });
      await consumer.connect();
      await consumer.subscribe({ topic, fromBeginning: true });
      const message = await new Promise<KafkaMessage>((resolve, reject) => {
        consumer.run({ eachMessage: async (each) => resolve(each.message) }).catch(reject);
      });
      await consumer.disconnect();
      return message;
    }

    test('hold each with its error, and one that is replayed is handled by whoever could not', async () => {
      const handled: Record<string, number[]> = { failing: [], other: [] };
      let broken = true;
      const consume = (group: string) =>
        log.consume({
          group,
          topics: [TOPIC],
          freshness: 'eventual',
          handle: (events) =>
            database.transaction(async (transaction) => {
              const numbers = numbersOf(await firstTime(transaction, group, events));
              if (group === 'failing' && broken && numbers.includes(2)) throw new Error('two is bad');
              handled[group]?.push(...numbers);
            }),
        });
      const consumers = await Promise.all(['failing', 'other'].map(consume));
      const everybody = () => Promise.all(consumers.map(({ caughtUp }) => caughtUp()));
      const events = [1, 2, 3].map((number) => numbered(number));
      await database.transaction((transaction) => log.append(transaction, events));
      await everybody();
      expect(handled).toEqual({ failing: [1, 3], other: [1, 2, 3] });

      const topic = `${prefix}${TOPIC}.dead-letter`;
      expect(await admin.fetchTopicOffsets(topic)).toMatchObject([{ low: '0', high: '1' }]);
      const { key, value, headers } = await firstOf(topic);
      expect([String(key), JSON.parse(String(value))]).toEqual(['k', { number: 2 }]);
      expect(Object.fromEntries(Object.entries(headers ?? {}).map(([name, text]) => [name, String(text)]))).toEqual({
        id: events[1]?.id,
        name: 'number.drawn.v1',
        'occurred-at': expect.stringMatching(/^\d{4}-/),
        group: 'failing',
        attempts: expect.stringMatching(/^\d+$/),
        error: 'two is bad',
      });

      broken = false;
      expect(await replayDeadLetters(database, { group: 'failing' })).toEqual({ letters: 1, events: 1 });
      await everybody();
      expect(handled).toEqual({ failing: [1, 3, 2], other: [1, 2, 3] });
      expect(await listDeadLetters(database)).toEqual([]);
    });

    test('a message of somebody else is passed over, and what comes behind it is handled', async () => {
      const numbers: number[] = [];
      const { caughtUp } = await log.consume({
        group: 'g',
        topics: [TOPIC],
        freshness: 'eventual',
        async handle(events) {
          numbers.push(...numbersOf(events));
        },
      });
      const draw = (number: number) =>
        database.transaction((transaction) => log.append(transaction, [numbered(number)]));
      await draw(1);
      await caughtUp();
      const producer = client.producer();
      await producer.connect();
      const partition = partitionOf('k', shapeOf(TOPIC).partitions);
      await producer.send({
        topic: `${prefix}${TOPIC}`,
        messages: [
          { key: 'k', value: 'hello', partition },
          { key: 'k', value: null, partition },
        ],
      });
      await producer.disconnect();
      await draw(2);
      await caughtUp();
      expect(numbers).toEqual([1, 2]);
    });
  });
});
