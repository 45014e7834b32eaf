import { afterAll, beforeAll, describe } from 'vitest';
import { startTestKafka, type TestKafka } from '../../tests/support/kafka.ts';
import { eventLogContract } from './event-log/contract.ts';
import { kafkaHarness } from './event-log/kafka-harness.ts';

describe('On one broker', () => {
  let kafka: TestKafka;

  beforeAll(async () => {
    kafka = await startTestKafka();
  }, 120_000);

  afterAll(async () => {
    await kafka?.stop();
  });

  eventLogContract(
    'Kafka',
    kafkaHarness(() => kafka.brokers),
  );
});
