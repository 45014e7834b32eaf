import { startOnRedis } from '../support/redis.ts';
import { startStarling } from '../support/starling.ts';
import { oracleOf } from './oracle.ts';

oracleOf('the oracle, on Redis', () =>
  startOnRedis('one Redis', (redisUrl) => startStarling({ shape: 'one-process', redisUrl })),
);
oracleOf('the oracle, on a Redis Cluster', () =>
  startOnRedis('a Redis Cluster', (redisUrl) => startStarling({ shape: 'one-process', redisUrl })),
);
