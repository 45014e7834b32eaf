import { Kafka, logLevel } from 'kafkajs';
import { expect, test } from 'vitest';
import { kafka } from '../../engines/kafka.ts';
import { runningEngines } from '../../engines/running.ts';
import { ownFolder } from './own-folder.ts';

const root = ownFolder('kafka');

test('a Kafka is started once, answers at the addresses that it is listed with, and is stopped', async () => {
  const running = runningEngines(root());
  const urls = await running.up(kafka);
  expect(await running.up(kafka)).toEqual(urls);
  const client = new Kafka({ brokers: (urls.KAFKA_BROKERS ?? '').split(','), logLevel: logLevel.NOTHING });
  const admin = client.admin();
  await admin.connect();
  const { brokers } = await admin.describeCluster();
  await admin.disconnect();
  expect(brokers.map(({ host, port }) => `${host}:${port}`)).toEqual([urls.KAFKA_BROKERS]);
  expect(running.list()).toMatchObject([{ name: 'kafka', alive: true, urls }]);
  expect(await running.down('kafka')).toBe(true);
  expect(running.list()).toEqual([]);
});
