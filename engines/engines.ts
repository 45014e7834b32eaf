import type { Engine } from './engine.ts';
import { kafka, kafkaCluster } from './kafka.ts';
import { postgres } from './postgres.ts';
import { redis } from './redis.ts';
import { redisCluster } from './redis-cluster.ts';

/** Every engine that can be started here. */
export const engines: readonly Engine[] = [redis, redisCluster, kafka, kafkaCluster, postgres];
