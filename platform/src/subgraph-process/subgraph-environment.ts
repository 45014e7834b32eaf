import { z } from 'zod';
import { kafkaEnvironment } from '../environment/kafka-environment.ts';
import {
  background,
  identitySecret,
  logLevel,
  nodeEnvironment,
  port,
  postgresUrl,
  redisUrl,
} from '../environment/read-environment.ts';

/** The variables of a subgraph that runs as a process of its own. */
export const subgraphEnvironment = {
  HOST: z.string().default('127.0.0.1'),
  /** 0 takes a free one. */
  PORT: port.default(0),
  DATABASE_URL: postgresUrl,
  REDIS_URL: redisUrl.optional(),
  ...kafkaEnvironment,
  BACKGROUND: background.default('here'),
  /** Shared with the gateway: what it did not seal is refused. */
  IDENTITY_SECRET: identitySecret,
  LOG_LEVEL: logLevel.default('info'),
  NODE_ENV: nodeEnvironment.default('production'),
};

export type SubgraphEnvironment = z.output<z.ZodObject<typeof subgraphEnvironment>>;
