import { startOnRedis } from '../support/redis.ts';
import { startStarling } from '../support/starling.ts';
import { contractOf } from './contract.ts';
import { startProduct } from './product.ts';

contractOf('the contract, on Redis', () =>
  startOnRedis('one Redis', (redisUrl) => startStarling({ shape: 'one-process', redisUrl })),
);
contractOf('the contract, with subgraphs over HTTP and a Redis Cluster', () =>
  startOnRedis('a Redis Cluster', (redisUrl) => startStarling({ shape: 'over-http', redisUrl })),
);
contractOf('the contract, as separate processes on Redis', () =>
  startOnRedis('one Redis', (redisUrl) => startProduct('processes', { REDIS_URL: redisUrl })),
);
