import { startOnKafka } from '../support/kafka.ts';
import { startOnRedis } from '../support/redis.ts';
import { contractOf } from './contract.ts';
import { startContracted, startProduct } from './product.ts';

contractOf('the contract, on Kafka and Redis', () =>
  startOnKafka((kafkaBrokers) =>
    startOnRedis('one Redis', (redisUrl) => startContracted({ shape: 'one-process', kafkaBrokers, redisUrl })),
  ),
);
contractOf('the contract, as separate processes on Kafka', () =>
  startOnKafka((brokers) => startProduct('processes', { KAFKA_BROKERS: brokers.join(',') })),
);
