import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { kafka } from '../../engines/kafka.ts';
import { runningEngines } from '../../engines/running.ts';

let root: string;

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'starling-engines-'));
});

afterEach(async () => {
  await runningEngines(root).down('kafka');
  await rm(root, { recursive: true, force: true });
});

test('a Kafka is started once, answers at the addresses that it is listed with, and is stopped', async () => {
  const running = runningEngines(root);
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
