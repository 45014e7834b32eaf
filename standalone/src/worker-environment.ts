import { resolve } from 'node:path';
import {
  digestPeriod,
  kafkaEnvironment,
  logLevel,
  mailEnvironment,
  port,
  postgresUrl,
  pushAddresses,
  pushContact,
  readEnvironment,
} from '@starling/platform/environment';
import { z } from 'zod';

/** What a worker is told by its environment. It keeps nothing in Redis, and nobody has to prove to it who they are. */
export function readWorkerEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  const { MAIL_DIR = resolve('.starling/mail'), ...environment } = readEnvironment(
    {
      HOST: z.string().default('127.0.0.1'),
      /** Of the pages for operators; 0 takes a free one. */
      PORT: port.default(0),
      DATABASE_URL: postgresUrl,
      ...kafkaEnvironment,
      ...mailEnvironment,
      DIGEST_PERIOD_HOURS: digestPeriod.default(24),
      PUSH_CONTACT: pushContact.optional(),
      PUSH_ADDRESSES: pushAddresses.default('public'),
      LOG_LEVEL: logLevel.default('info'),
    },
    variables,
  );
  return { ...environment, MAIL_DIR };
}

export type WorkerEnvironment = ReturnType<typeof readWorkerEnvironment>;
