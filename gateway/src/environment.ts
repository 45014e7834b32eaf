import {
  identitySecret,
  logLevel,
  nodeEnvironment,
  port,
  postgresUrl,
  readEnvironment,
  trustedDocuments,
} from '@starling/platform/environment';
import { z } from 'zod';

const subgraphUrl = z.url({ protocol: /^https?$/, error: 'must be an address such as http://127.0.0.1:4001' });

/** What a gateway in a process of its own is told by its environment. */
export function readGatewayEnvironment(variables: Readonly<Record<string, string | undefined>> = process.env) {
  return readEnvironment(
    {
      HOST: z.string().default('127.0.0.1'),
      PORT: port.default(4_000),
      METRICS_PORT: port.optional(),
      LOG_LEVEL: logLevel.default('info'),
      NODE_ENV: nodeEnvironment.default('production'),
      TRUSTED_DOCUMENTS: trustedDocuments.default('off'),
      /** Where ended sessions are heard of. */
      DATABASE_URL: postgresUrl,
      IDENTITY_SECRET: identitySecret,
      USERS_URL: subgraphUrl,
      TWEETS_URL: subgraphUrl,
      SOCIAL_GRAPH_URL: subgraphUrl,
      TIMELINE_URL: subgraphUrl,
      NOTIFICATIONS_URL: subgraphUrl,
    },
    variables,
  );
}
