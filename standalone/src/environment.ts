import { resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  digestPeriod,
  followerLimit,
  kafkaEnvironment,
  logLevel,
  mailEnvironment,
  nodeEnvironment,
  onOrOff,
  port,
  postgresUrl,
  pushAddresses,
  pushContact,
  readEnvironment,
  redisUrl,
  trustedDocuments,
} from '@starling/platform/environment';
import { abuseEnvironment } from '@starling/tweets/abuse-rules';
import { z } from 'zod';

/** In the project's folder: this module is two folders below it, as source and built. */
const DATA_DIRECTORY = fileURLToPath(new URL('../../.starling', import.meta.url));

/** The variables of the product as one command starts it; docs/operations.md tells of each. */
export function readStandaloneEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  return readEnvironment(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port.default(4_000),
      METRICS_PORT: port.optional(),
      DATA_DIR: z
        .string()
        .transform((folder) => resolve(folder))
        .default(DATA_DIRECTORY),
      DATABASE_URL: postgresUrl.optional(),
      REDIS_URL: redisUrl.optional(),
      PUSH_FOLLOWER_LIMIT: followerLimit.optional(),
      ...kafkaEnvironment,
      ...abuseEnvironment,
      ...mailEnvironment,
      DIGEST_PERIOD_HOURS: digestPeriod.default(24),
      PUSH_CONTACT: pushContact.optional(),
      PUSH_ADDRESSES: pushAddresses.default('public'),
      TRUSTED_DOCUMENTS: trustedDocuments.default('off'),
      DEMO_DATA: onOrOff.default(true),
      LOG_LEVEL: logLevel.default('info'),
      NODE_ENV: nodeEnvironment.default('production'),
    },
    variables,
  );
}

export type StandaloneEnvironment = ReturnType<typeof readStandaloneEnvironment>;
