import { randomUUID } from 'node:crypto';
import { type Admin, ConfigResourceTypes, Kafka, logLevel } from 'kafkajs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { deadLetterTopic, shapeOf, TOPICS, topicsOf } from '../src/event-log/kafka/topics.ts';
import { TOPIC } from './support/events.ts';

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
});
