import { startOnRedis } from '../support/redis.ts';
import { startStarling } from '../support/starling.ts';
import { oracleOf, PUSH_FOLLOWER_LIMIT } from './oracle.ts';

/** What the engine could change is found soon, or by `ORACLE_RUNS`. */
const RUNS = 3;

oracleOf(
  'the oracle, on Redis',
  () =>
    startOnRedis('one Redis', (redisUrl) =>
      startStarling({ shape: 'one-process', redisUrl, pushFollowerLimit: PUSH_FOLLOWER_LIMIT }),
    ),
  RUNS,
);
oracleOf(
  'the oracle, on a Redis Cluster',
  () =>
    startOnRedis('a Redis Cluster', (redisUrl) =>
      startStarling({ shape: 'one-process', redisUrl, pushFollowerLimit: PUSH_FOLLOWER_LIMIT }),
    ),
  RUNS,
);
