import { startOnKafka } from '../support/kafka.ts';
import { startOnRedis } from '../support/redis.ts';
import { startStarling } from '../support/starling.ts';
import { oracleOf } from './oracle.ts';

/** What the engine could change is found soon, or by `ORACLE_RUNS`. */
const RUNS = 2;

oracleOf(
  'the oracle, on Kafka and Redis',
  () =>
    startOnKafka((kafkaBrokers) =>
      startOnRedis('one Redis', (redisUrl) => startStarling({ shape: 'one-process', kafkaBrokers, redisUrl })),
    ),
  RUNS,
);
