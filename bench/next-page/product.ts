import { randomBytes } from 'node:crypto';
import { startGateway } from '@starling/gateway';
import { createNotifications } from '@starling/notifications';
import type { Subgraph } from '@starling/platform/graphql';
import { createStopList } from '@starling/platform/lifecycle';
import { openParts } from '@starling/platform/parts';
import { serveSubgraph } from '@starling/platform/subgraph-server';
import { createLogger } from '@starling/platform/telemetry';
import { createSocialGraph } from '@starling/social-graph';
import {
  createTimeline,
  inProcessTimelineCache,
  openRecentsCaches,
  redisTimelineCache,
  type TimelineCache,
} from '@starling/timeline';
import { createTweets } from '@starling/tweets';
import { createUsers } from '@starling/users';

const HOST = '127.0.0.1';

/** The whole system in the process of the bench, whose memory the bench can empty while its code stays warm. */
export interface Product {
  readonly url: string;
  /** Forgets rows, facts and homes, wherever they are remembered. */
  forget(): Promise<void>;
  /** Forgets what is remembered in the process alone: what Redis has, it has. */
  forgetInProcess(): Promise<void>;
  /** Statements that have been sent. */
  statements(): number;
  stop(): Promise<void>;
}

/** With a Redis each subgraph stands behind a port of its own, as separate processes do; without, all are called as functions. */
export async function openProduct(databaseUrl: string, redisUrl?: string): Promise<Product> {
  const logger = createLogger('bench', 'warn');
  const stops = createStopList((name, error) => {
    throw new Error(`${name} did not stop`, { cause: error });
  });
  const parts = await openParts({ url: databaseUrl, redisUrl, name: 'next-page bench', alone: true, logger, stops });
  await parts.redis?.checkReady();
  const timelineCache: TimelineCache = parts.redis
    ? redisTimelineCache({ redis: parts.redis })
    : inProcessTimelineCache();
  const recentsCaches = openRecentsCaches(parts.redis);
  const users = createUsers(parts);
  const subgraphs: readonly Subgraph[] = [
    users,
    createTweets(parts, { abuseRules: 'off', watchCountsEveryMs: 3_600_000 }),
    createSocialGraph(parts),
    createTimeline(parts, { timelineCache, recentsCaches }),
    createNotifications(parts),
  ];
  for (const subgraph of subgraphs) {
    stops.add(subgraph.name, () => subgraph.stop());
    await subgraph.start();
  }
  const identitySecret = randomBytes(32).toString('base64url');
  const behindPort = async (subgraph: Subgraph) => {
    const server = await serveSubgraph({ subgraph, host: HOST, port: 0, identitySecret, logger });
    stops.add(`the port of ${subgraph.name}`, () => server.close());
    return { name: subgraph.name, url: server.url };
  };
  const gateway = await startGateway({
    host: HOST,
    port: 0,
    subgraphs: redisUrl === undefined ? subgraphs : await Promise.all(subgraphs.map(behindPort)),
    identitySecret,
    keySet: () => users.keySet(),
    eventLog: parts.eventLog,
    logger,
  });
  stops.add('the gateway', () => gateway.close());
  let statements = 0;
  parts.database.onStatement(() => {
    statements++;
  });
  return {
    url: gateway.url,
    async forget() {
      parts.memory.clear();
      const { local, shared } = recentsCaches;
      await Promise.all([parts.entityCache, timelineCache, local, shared].map((cache) => cache?.clear()));
    },
    async forgetInProcess() {
      parts.memory.clear();
      await recentsCaches.local.clear();
    },
    statements: () => statements,
    stop: () => stops.stop(),
  };
}
