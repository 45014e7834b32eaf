import { startOnRedis } from '../support/redis.ts';
import { contractOf } from './contract.ts';
import { startContracted, startProduct } from './product.ts';

contractOf('the contract, on Redis', () =>
  startOnRedis('one Redis', (redisUrl) => startContracted({ shape: 'one-process', redisUrl })),
);
contractOf('the contract, with subgraphs over HTTP and a Redis Cluster', () =>
  startOnRedis('a Redis Cluster', (redisUrl) => startContracted({ shape: 'over-http', redisUrl })),
);
contractOf('the contract, as separate processes on Redis', () =>
  startOnRedis('one Redis', (redisUrl) => startProduct('processes', { REDIS_URL: redisUrl })),
);
