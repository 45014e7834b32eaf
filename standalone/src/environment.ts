import { dirname, resolve } from 'node:path';
import { logLevel, nodeEnvironment, onOrOff, port, postgresUrl, readEnvironment } from '@starling/platform/environment';
import { packageFile } from '@starling/platform/postgres';
import { z } from 'zod';

const PROJECT = dirname(packageFile(import.meta.url, '.'));
const DATA_DIRECTORY = '.starling';

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
        .default(resolve(PROJECT, DATA_DIRECTORY)),
      DATABASE_URL: postgresUrl.optional(),
      DEMO_DATA: onOrOff.default(true),
      LOG_LEVEL: logLevel.default('info'),
      NODE_ENV: nodeEnvironment.default('production'),
    },
    variables,
  );
}

export type StandaloneEnvironment = ReturnType<typeof readStandaloneEnvironment>;
